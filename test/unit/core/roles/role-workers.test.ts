import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RoleWatch } from '../../../../src/core/roles/role-watch.ts';
import type { RoleOrder } from '../../../../src/core/model/roles/role.ts';
import type { RoleContext, RoleWorker } from '../../../../src/core/roles/role-worker.ts';
import { RoleWorkers } from '../../../../src/core/roles/role-workers.ts';
import { FakeEngine } from '../../../support/fake-engine.ts';
import { RecordingLog } from '../../../support/recording-log.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';

interface Owner {
  after(clean: () => void): void;
}

/** Workers over an engine in memory, and what they were told. */
function office(t: Owner, roots: readonly string[] = ['/lab']) {
  const engine = new FakeEngine();
  const clock = new ManualClock();
  const log = new RecordingLog();
  const onError = (error: unknown): never => { throw error; };
  const watch = new RoleWatch({ engine, roots: () => roots, clock, onError });
  let isTrusted = true;
  const workers = new RoleWorkers({ engine, watch, roots: () => roots, mayWork: () => isTrusted, clock, log });
  t.after(() => {
    workers.dispose();
    watch.dispose();
  });
  const told: string[] = [];
  const contexts: RoleContext[] = [];
  const make = (): RoleWorker => ({
    start: (context) => {
      contexts.push(context);
      told.push(`start ${context.role.name} in ${context.workspace}`);
    },
    stop: () => void told.push('stop'),
  });
  const settle = async (): Promise<void> => {
    await clock.advance(1000);
    await workers.settled();
    await settled();
  };
  return { engine, clock, log, workers, told, contexts, make, settle, distrust: () => (isTrusted = false) };
}

test('a worker works while the queue of its role is open', async (t) => {
  const { engine, workers, told, contexts, make, settle } = office(t);
  workers.add('gui_testing', make);
  await settle();
  await engine.setRoleState(['/lab'], 'gui_testing', 'paused');
  await settle();
  assert.deepEqual([told, contexts[0]!.signal.aborted], [['start gui_testing in /lab', 'stop'], true]);
  await engine.startAllRoles();
  await settle();
  assert.deepEqual([told.at(-1), contexts[1]!.signal.aborted], ['start gui_testing in /lab', false]);
});

test('a worker begins anew though its queue was shut and opened faster than anybody could see', async (t) => {
  const { engine, workers, told, make, settle } = office(t);
  workers.add('gui_testing', make);
  await settle();
  await engine.setRoleState(['/lab'], 'gui_testing', 'stopped');
  await engine.setRoleState(['/lab'], 'gui_testing', 'running');
  await settle();
  assert.deepEqual(told, ['start gui_testing in /lab', 'stop', 'start gui_testing in /lab']);
});

test('a worker knows whether somebody has started its role anew, however fast', async (t) => {
  const { engine, workers, contexts, make, settle } = office(t);
  const order = (...orders: readonly RoleOrder[]) => Promise.all(orders.map((each) => engine.setRoleState(['/lab'], 'gui_testing', each)));
  const anew = (): readonly boolean[] => contexts.map(({ isStartedAnew }) => isStartedAnew);
  const added = workers.add('gui_testing', make);
  await settle();
  await order('stopped', 'running');
  await settle();
  await order('paused', 'running');
  await settle();
  assert.deepEqual(anew(), [false, true, false]);
  await order('stopped');
  await settle();
  await order('paused');
  await settle();
  await order('running');
  await settle();
  assert.deepEqual(anew().slice(3), [true]);
  added.dispose();
  await order('stopped');
  workers.add('gui_testing', make);
  await settle();
  await order('running');
  await settle();
  assert.deepEqual(anew().slice(4), [true]);
});

test('a role that was started while another engine did its work is not started anew for who comes after it', async (t) => {
  const { engine, workers, contexts, make, settle, clock } = office(t);
  let isOurs = false;
  engine.takeRoleWork = () => Promise.resolve(isOurs);
  workers.add('gui_testing', make);
  await settle();
  await engine.setRoleState(['/lab'], 'gui_testing', 'stopped');
  await engine.setRoleState(['/lab'], 'gui_testing', 'running');
  await settle();
  isOurs = true;
  await clock.advance(20_000);
  await settle();
  assert.deepEqual(contexts.map(({ isStartedAnew }) => isStartedAnew), [false]);
});

test('each folder of a window has a worker of its own', async (t) => {
  const { workers, told, make, settle } = office(t, ['/lab', '/field']);
  workers.add('gui_testing', make);
  await settle();
  assert.deepEqual(told, ['start gui_testing in /lab', 'start gui_testing in /field']);
});

test('a worker begins anew when its role is defined otherwise', async (t) => {
  const { engine, workers, told, contexts, make, settle } = office(t);
  workers.add('gui_testing', make);
  await settle();
  const { role } = engine.rolesNow.find((view) => view.role.name === 'gui_testing')!;
  await engine.setRoles(['/lab'], [{ ...role, options: { pattern: 'e2e/**' } }]);
  await settle();
  assert.deepEqual([told, contexts[1]!.role.options], [['start gui_testing in /lab', 'stop', 'start gui_testing in /lab'], { pattern: 'e2e/**' }]);
});

test('another engine does the work: here it waits until that one is gone', async (t) => {
  const { engine, workers, told, make, settle, clock } = office(t);
  let isOurs = false;
  engine.takeRoleWork = () => Promise.resolve(isOurs);
  workers.add('gui_testing', make);
  await settle();
  assert.deepEqual(told, []);
  isOurs = true;
  await clock.advance(20_000);
  await settle();
  assert.deepEqual(told, ['start gui_testing in /lab']);
});

test('one that cannot begin is told in the log, and tried again when the role is started again', async (t) => {
  const { engine, workers, told, log, settle, make } = office(t);
  let isBroken = true;
  workers.add('gui_testing', () => {
    const worker = make();
    return { ...worker, start: (context) => { if (isBroken) throw new Error('no display'); return worker.start(context); } };
  });
  await settle();
  assert.match(log.lines.join('\n'), /The role gui_testing could not begin its work in \/lab: no display/);
  isBroken = false;
  await engine.stopAllRoles();
  await settle();
  await engine.startAllRoles();
  await settle();
  assert.deepEqual(told, ['stop', 'start gui_testing in /lab']);
});

test('one that works for as long as it may holds up no other, and ends when it is told to', async (t) => {
  const { engine, workers, told, contexts, make, settle } = office(t);
  workers.add('gui_testing', () => ({
    ...make(),
    start: async (context) => {
      told.push('start');
      contexts.push(context);
      await new Promise((resolve) => context.signal.addEventListener('abort', resolve));
      told.push('through');
    },
  }));
  workers.add('task_management', make);
  await settle();
  assert.deepEqual([...told].sort(), ['start', 'start task_management in /lab']);
  const isAborted = (): readonly (readonly [string, boolean])[] => contexts.map(({ role, signal }) => [role.name, signal.aborted] as const).sort();
  await engine.setRoleState(['/lab'], 'gui_testing', 'stopped');
  await settle();
  assert.deepEqual([told.slice(2), isAborted()], [['through', 'stop'], [['gui_testing', true], ['task_management', false]]]);
  await engine.setRoleState(['/lab'], 'gui_testing', 'running');
  await settle();
  assert.deepEqual(told.slice(4), ['start']);
  workers.dispose();
  assert.ok(isAborted().every(([, aborted]) => aborted));
  await settle();
  assert.deepEqual(told.slice(5).sort(), ['stop', 'stop', 'through']);
});

test('one that does not end is given up after a while, and another begins in its place', async (t) => {
  const { engine, workers, told, log, make, settle, clock } = office(t);
  workers.add('gui_testing', () => ({
    ...make(),
    start: () => {
      told.push('start');
      return new Promise(() => undefined);
    },
  }));
  await settle();
  await engine.setRoleState(['/lab'], 'gui_testing', 'stopped');
  await engine.setRoleState(['/lab'], 'gui_testing', 'running');
  await clock.advance(1000);
  await settled();
  assert.deepEqual(told, ['start']);
  await clock.advance(5000);
  await settle();
  assert.deepEqual(told, ['start', 'stop', 'start']);
  assert.match(log.lines.join('\n'), /The role gui_testing was told to end its work in \/lab, and has not done so after 5 s/);
});

test('nothing works in a workspace that is not trusted, nor when its worker is taken away', async (t) => {
  const { workers, told, make, settle, distrust } = office(t);
  const added = workers.add('gui_testing', make);
  assert.throws(() => workers.add('gui_testing', make), /`gui_testing` has somebody who does its work already/);
  await settle();
  added.dispose();
  await settle();
  assert.deepEqual(told, ['start gui_testing in /lab', 'stop']);
  distrust();
  workers.add('task_management', make);
  await settle();
  assert.equal(told.length, 2);
});

test('what a worker queues belongs to its role, and it hears what is wrong with it', async (t) => {
  const { engine, workers, contexts, make, settle } = office(t);
  workers.add('gui_testing', make);
  await settle();
  const { tasks } = await contexts[0]!.queue('GUI tests', { command: ['pytest'] });
  const { spec } = engine.get(tasks[0]!).task;
  assert.deepEqual([spec.role, spec.priority, engine.requests[0]!.name], ['gui_testing', 6, 'GUI tests']);
  await assert.rejects(contexts[0]!.queue('GUI tests', { comand: ['pytest'] }), /GUI tests: `tasks\[0\]\.comand`: unknown field; did you mean `command`\?/);
});
