import assert from 'node:assert/strict';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { TaskId } from '../../src/core/model/ids.ts';
import type { EngineHandle } from '../support/engines/engine-handle.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import { until } from '../support/until.ts';
import { TIGHT_LIMITS } from '../support/engines/workload.ts';

const home = new EngineHome();
const [left, right, nowhere] = ['left', 'right', 'nowhere'].map((name) => home.makeFolder(name)) as [string, string, string];
let leftEngine: EngineHandle;
let rightEngine: EngineHandle;

before(async () => {
  leftEngine = await home.open({ roots: [left] });
  rightEngine = await home.open({ roots: [right] });
  await leftEngine.call('setLimits', TIGHT_LIMITS);
});

after(() => home.dispose());

/** The engine process that looked after a finished task's run. */
function holderOf(task: TaskId): number | undefined {
  const engine = home.store.runsOf(task)[0]?.engine;
  return home.store.leases().find((lease) => lease.id === engine)?.pid;
}

/** Both engines have looked at the queue since this was called: each has run a task that comes last in it. */
async function letBothLook(): Promise<void> {
  const last = { command: ['true'], type: 'utility', priority: 99 };
  const ids = [...(await home.submit(leftEngine, [last], left)), ...(await home.submit(leftEngine, [last], right))];
  await home.outcomes(ids);
}

test('engines of different workspaces share the limits of the machine', async () => {
  const gate = home.gate('limits');
  const held = (name: string): object => ({ type: 'simulation', command: home.journal.command(name, { how: gate.path }) });
  const inLeft = await home.submit(rightEngine, [held('left.1'), held('left.2')], left);
  await until('two simulations run', () => home.journal.starts('left.1') + home.journal.starts('left.2') === 2);
  const inRight = await home.submit(leftEngine, [held('right.1'), held('right.2')], right);
  await letBothLook();
  assert.equal(home.journal.starts('right.1') + home.journal.starts('right.2'), 0);
  const [view] = await leftEngine.call('views', inRight);
  assert.deepEqual(view?.wait, { type: 'typeLimit', taskType: 'simulation', limit: 2, running: 2 });

  gate.open();
  await until('the place that came free is taken', () => home.journal.starts('right.1') + home.journal.starts('right.2') === 1);
  await letBothLook();
  assert.equal(home.journal.starts('right.1') + home.journal.starts('right.2'), 1);
  gate.open(3);
  await home.outcomes([...inLeft, ...inRight]);
  assert.deepEqual([...inLeft, ...inRight].map(holderOf), [leftEngine.pid, leftEngine.pid, rightEngine.pid, rightEngine.pid]);
});

test('engines of different workspaces share the claims on files', async () => {
  const gate = home.gate('claims');
  const shared = path.join(home.folder, 'shared.json');
  const [holder] = await home.submit(leftEngine, [{ name: 'holder', files: [shared], command: home.journal.command('holder', { how: gate.path }) }], left);
  await until('the holder runs', () => home.journal.starts('holder') === 1);
  const [reader] = await home.submit(leftEngine, [{ files: [{ path: shared, mode: 'read' }], command: home.journal.command('reader') }], right);
  await letBothLook();
  assert.equal(home.journal.starts('reader'), 0);
  const [view] = await rightEngine.call('views', [reader!]);
  assert.equal(view?.wait?.type === 'lock' && view.wait.holder.id, holder);
  gate.open();
  await home.outcomes([holder!, reader!]);
  assert.deepEqual(home.journal.entries().slice(-4).map(({ kind, key }) => `${kind} ${key}`), ['start holder', 'end holder', 'start reader', 'end reader']);
});

test('a task is started by an engine whose roots contain its workspace, and by no other', async () => {
  const inner = home.makeFolder('left/inner');
  const beside = home.makeFolder('left-beside');
  const [nested] = await home.submit(rightEngine, [{ command: ['true'] }], inner);
  const lonely = [...(await home.submit(rightEngine, [{ command: ['true'] }], nowhere)), ...(await home.submit(rightEngine, [{ command: ['true'] }], beside))];
  await home.outcomes([nested!]);
  assert.equal(holderOf(nested!), leftEngine.pid);
  await letBothLook();
  const views = await rightEngine.call('views', lonely);
  assert.deepEqual(views.map(({ task, wait }) => [task.state.status, wait?.type]), [['queued', 'engine'], ['queued', 'engine']]);

  const late = await home.open({ roots: [nowhere, beside] });
  await home.outcomes(lonely);
  assert.deepEqual(lonely.map(holderOf), [late.pid, late.pid]);
});
