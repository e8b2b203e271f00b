import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskId } from '../../../src/core/model/ids.ts';
import { TaskWatch } from '../../../src/host/tasks/task-watch.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { ManualClock } from '../views/manual-clock.ts';

const SOON = 100;

interface World {
  readonly engine: FakeEngine;
  readonly watch: TaskWatch;
  readonly told: string[];
  readonly soon: () => Promise<void>;
  /** A notice that cannot name what changed. */
  readonly everything: () => void;
}

function world(): World {
  const engine = new FakeEngine();
  const clock = new ManualClock(engine.now);
  const told: string[] = [];
  const watch = new TaskWatch(engine, () => ['/lab'], clock, (error) => told.push(String(error)));
  watch.onDidStart(({ task, run }) => told.push(`start ${task.id} run ${run?.attempt}`));
  watch.onDidFinish(({ task }) => told.push(`finish ${task.id} ${task.state.status === 'finished' ? task.state.outcome.type : ''}`));
  return { engine, watch, told, soon: () => clock.advance(SOON), everything: () => engine.changes.fire({ revision: 0, tasks: undefined }) };
}

test('a task is told when it begins to run and when it finishes, once each', async () => {
  const { engine, watch, told, soon, everything } = world();
  const id = engine.add();
  engine.start(id);
  await soon();
  assert.deepEqual(watch.inHand.map(({ task }) => task.id), [id]);
  everything();
  await soon();
  engine.end(id);
  await soon();
  everything();
  await soon();
  assert.deepEqual(told, [`start ${id} run 1`, `finish ${id} succeeded`]);
  assert.deepEqual(watch.inHand, []);
});

test('each attempt is told as a start, only the last end as the finish', async () => {
  const { engine, told, soon } = world();
  const id = engine.add({ retries: 1 });
  engine.start(id);
  await soon();
  engine.end(id, { type: 'failed', reason: 'exit', code: 1 }, {}, engine.now);
  await soon();
  engine.start(id);
  await soon();
  engine.end(id, { type: 'failed', reason: 'exit', code: 1 });
  await soon();
  assert.deepEqual(told, [`start ${id} run 1`, `start ${id} run 2`, `finish ${id} failed`]);
});

test('a task that was over before anybody looked is told as finished', async () => {
  const { engine, told, soon } = world();
  const id = engine.add();
  engine.start(id);
  engine.end(id);
  await soon();
  assert.deepEqual(told, [`finish ${id} succeeded`]);
});

test('what finished before this window opened, and what belongs to other folders, is not told', async () => {
  const engine = new FakeEngine();
  const old = engine.add();
  engine.start(old);
  engine.end(old);
  engine.now += 1000;
  const clock = new ManualClock(engine.now);
  const told: TaskId[] = [];
  const watch = new TaskWatch(engine, () => ['/lab'], clock, () => undefined);
  watch.onDidStart(({ task }) => told.push(task.id));
  watch.onDidFinish(({ task }) => told.push(task.id));
  const elsewhere = engine.add({}, '/other');
  engine.start(elsewhere);
  engine.changes.fire({ revision: 0, tasks: undefined });
  await clock.advance(SOON);
  assert.deepEqual(told, []);
});

test('who follows a task hears of each change, and of its going away', async () => {
  const { engine, watch, soon } = world();
  const id = engine.add();
  const heard: (string | undefined)[] = [];
  const following = watch.follow(id, (view) => heard.push(view?.task.state.status));
  await soon();
  engine.start(id);
  await soon();
  engine.end(id);
  await soon();
  engine.remove(id);
  await soon();
  assert.deepEqual(heard, ['queued', 'running', 'finished', undefined]);
  following.dispose();
  engine.add();
  await soon();
  assert.equal(heard.length, 4);
});

test('after an engine that did not answer, everything is read again', async () => {
  const { engine, told, soon } = world();
  const id = engine.add();
  const views = engine.views.bind(engine);
  const query = engine.query.bind(engine);
  engine.views = () => Promise.reject(new Error('no engine'));
  engine.query = () => Promise.reject(new Error('no engine'));
  engine.start(id);
  await soon();
  Object.assign(engine, { views, query });
  engine.changes.fire({ revision: 1, tasks: [] });
  await soon();
  assert.deepEqual(told, ['Error: no engine', `start ${id} run 1`]);
});
