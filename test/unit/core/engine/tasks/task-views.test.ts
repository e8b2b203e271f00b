import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TaskViews } from '../../../../../src/core/engine/tasks/task-views.ts';
import { taskId, type TaskId } from '../../../../../src/core/model/ids.ts';
import { DEFAULT_LIMITS, type Limits } from '../../../../../src/core/model/limits.ts';
import type { WaitReason } from '../../../../../src/core/model/wait-reason.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

function setting(t: { after(clean: () => void): void }, { served = ['/lab'], hasTerminals = false, limits = DEFAULT_LIMITS }: { served?: string[]; hasTerminals?: boolean; limits?: Limits } = {}) {
  const memory = new MemoryStore(t);
  const { store } = memory;
  store.engines.insert({ pid: 1, pidStart: '1', boot: 'b', kind: 'window', roots: served, runsTasks: true, hasTerminals }, 0);
  store.engines.insert({ pid: 2, pidStart: '1', boot: 'b', kind: 'window', roots: ['/restricted'], runsTasks: false, hasTerminals: true }, 0);
  const views = new TaskViews(store, new ManualClock(5000), () => limits);
  const waitOf = (id: TaskId): WaitReason | undefined => views.some([id])[0]?.wait;
  return { memory, store, views, waitOf };
}

test('each waiting task says why it waits, one that does not wait says nothing', (t) => {
  const { memory, store, waitOf } = setting(t);
  const { ledger } = memory;
  const held = memory.add();
  const later = memory.add({ startAt: 9000 });
  const upstream = memory.add({ name: 'mesh' });
  const dependent = memory.add({}, { unmet: 1 });
  const paused = memory.add({}, { workspace: '/lab/quiet/below' });
  const unserved = memory.add({}, { workspace: '/elsewhere' });
  const restricted = memory.add({}, { workspace: '/restricted' });
  const keyboard = memory.add({ interactive: true });
  const holder = memory.add({ name: 'writer', type: 'simulation', files: [{ path: '/data', mode: 'write' }] });
  const reader = memory.add({ files: [{ path: '/data', mode: 'read' }] });
  const next = memory.add();
  const greedy = memory.add({ memory: Number.MAX_SAFE_INTEGER });
  store.write(() => {
    ledger.apply(held, { type: 'held' }, 1);
    store.dependencies.insert(dependent, upstream);
    store.settings.setPaused('/lab/quiet', true);
  });
  memory.run(holder, 2500);
  const done = memory.add();
  memory.finish(done);

  assert.deepEqual(waitOf(held), { type: 'held' });
  assert.deepEqual(waitOf(later), { type: 'schedule', until: 9000 });
  assert.deepEqual(waitOf(dependent), { type: 'dependency', tasks: [{ id: upstream, name: 'mesh' }] });
  assert.deepEqual(waitOf(paused), { type: 'paused' });
  assert.deepEqual(waitOf(unserved), { type: 'engine' });
  assert.deepEqual(waitOf(restricted), { type: 'engine' });
  assert.deepEqual(waitOf(keyboard), { type: 'terminal' });
  assert.deepEqual(waitOf(reader), { type: 'lock', path: '/data', mode: 'write', holder: { type: 'task', id: holder, name: 'writer' }, waiting: false, since: 2500 });
  assert.deepEqual(waitOf(next), { type: 'next' });
  assert.equal((waitOf(greedy) as { fits?: boolean }).fits, false);
  assert.deepEqual([waitOf(holder), waitOf(done)], [undefined, undefined]);
});

test('a full type and a full machine are told with their figures', (t) => {
  const { memory, waitOf } = setting(t, { limits: { ...DEFAULT_LIMITS, total: 3 } });
  const [one, two] = [memory.add({ type: 'simulation' }), memory.add({ type: 'simulation' })];
  for (const id of [one, two]) memory.run(id);
  const third = memory.add({ type: 'simulation' });
  assert.deepEqual(waitOf(third), { type: 'typeLimit', taskType: 'simulation', limit: 2, running: 2 });
  const other = memory.add();
  memory.run(other);
  const fourth = memory.add();
  assert.deepEqual(waitOf(fourth), { type: 'totalLimit', limit: 3, running: 3 });
});

test('an interactive task waits for no terminal where there is one', (t) => {
  const { memory, waitOf } = setting(t, { hasTerminals: true });
  assert.deepEqual(waitOf(memory.add({ interactive: true })), { type: 'next' });
});

test('a page is a part of its group, and knows how large that is', (t) => {
  const { memory, views } = setting(t);
  for (let n = 0; n < 5; n++) memory.add({ name: `t${n}` });
  memory.add({ name: 'elsewhere' }, { workspace: '/elsewhere' });
  const page = (offset: number, limit: number, roots = ['/lab']): [string[], number] => {
    const { items, total } = views.page({ group: 'waiting', roots, offset, limit });
    return [items.map(({ task }) => task.spec.name), total];
  };
  assert.deepEqual([page(0, 2), page(4, 2), page(9, 2), page(0, 9, []), page(0, 9, ['/none'])], [
    [['t0', 't1'], 5], [['t4'], 5], [[], 5], [['t0', 't1', 't2', 't3', 't4', 'elsewhere'], 6], [[], 0],
  ]);
});

test('a detail has every run, oldest first, and where each task before it stands', (t) => {
  const { memory, store, views } = setting(t);
  const upstream = memory.add({ name: 'mesh' });
  const id = memory.add({}, { unmet: 1 });
  store.dependencies.insert(id, upstream);
  memory.finish(upstream);
  memory.finish(id, 1);
  store.write(() => memory.ledger.requeue(memory.task(id), 10));
  memory.run(id);
  const detail = views.detail(id)!;
  assert.deepEqual([detail.runs.map(({ attempt }) => attempt), detail.run?.attempt, detail.upstream], [[1, 2], 2, [{ id: upstream, name: 'mesh', status: 'finished' }]]);
  assert.equal(views.detail(taskId(99)), undefined);
  assert.deepEqual(views.some([taskId(99), id]).map(({ task }) => task.id), [id]);
});
