import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { EngineHandle } from '../support/engines/engine-handle.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import { until } from '../support/until.ts';

const GRACE_MS = 300;

const home = new EngineHome();
let holder: EngineHandle;
let terminal: EngineHandle;

before(async () => {
  holder = await home.open({ graceMs: GRACE_MS });
  terminal = await home.open({ runsTasks: false });
});

after(() => home.dispose());

/** A command, and a child that left its group; they wait at a gate. With `deaf` they do not listen when they are asked to stop. */
async function start(name: string, deaf: boolean) {
  const gate = home.gate(name);
  const ear = deaf ? `trap '' TERM; ` : '';
  const work = `echo "start ${name} $$ 0" >> "${home.journal.path}"; read -r line < "${gate.path}"; echo "end ${name} $$ 0" >> "${home.journal.path}"`;
  const [task] = await home.submit(terminal, [{ name, command: ['/bin/sh', '-c', `${ear}setsid sh -c '${work}' & ${work}`] }]);
  await until('both run', () => home.journal.starts(name) === 2 && home.store.task(task!)?.status === 'running');
  return { task: task!, gate };
}

for (const deaf of [false, true]) {
  test(`a run is cancelled from a process that does not look after it${deaf ? ', by force when it does not listen' : ''}`, async () => {
    const { task } = await start(deaf ? 'deaf' : 'listening', deaf);
    const begin = performance.now();
    assert.deepEqual(await terminal.call('cancel', [task]), { done: [task], refused: [] });
    assert.deepEqual(await home.outcomes([task]), [{ type: 'cancelled' }]);
    console.log(`${deaf ? 'deaf' : 'listening'} tree: cancelled after ${(performance.now() - begin).toFixed(0)} ms`);
    assert.deepEqual(await home.orphans(), []);
    assert.equal(home.journal.hasEnded(deaf ? 'deaf' : 'listening'), false);
  });
}

test('a waiting task is cancelled from another process and never starts', async () => {
  const { task: blocking, gate } = await start('blocking', false);
  const [waiting] = await home.submit(holder, [{ after: [`#${blocking}`], command: home.journal.command('waiting') }]);
  assert.deepEqual((await terminal.call('cancel', [waiting!])).done, [waiting]);
  gate.open(2);
  await home.outcomes([blocking]);
  assert.deepEqual(await home.outcomes([waiting!]), [{ type: 'cancelled' }]);
  assert.equal(home.journal.starts('waiting'), 0);
});

test('a cancel outlives the engine that was to carry it out', async () => {
  const { task } = await start('orphaned', true);
  await terminal.call('cancel', [task]);
  // Within the grace period: the tree is still there.
  await holder.kill();
  assert.equal(home.store.task(task)?.status, 'stopping');
  assert.notDeepEqual(home.strangers(), []);
  holder = await home.open({ graceMs: GRACE_MS });
  assert.deepEqual(await home.outcomes([task]), [{ type: 'cancelled' }]);
  assert.deepEqual(await home.orphans(), []);
});
