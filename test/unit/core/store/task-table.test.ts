import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holderOfTask, taskId, type TaskId } from '../../../../src/core/model/ids.ts';
import type { TaskGroup } from '../../../../src/core/model/task-group.ts';
import { AGEING_MS_PER_PRIORITY, rankOf } from '../../../../src/core/store/task-row.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';

const NOW = 1_000_000_000;
const startable = (memory: MemoryStore, type = 'utility', interactive = false): TaskId[] => memory.store.tasks.startable('/lab', type, 99, interactive).map(({ id }) => id);

test('the queue goes by priority, then by time, then by number; waiting makes up for priority', (t) => {
  const memory = new MemoryStore(t);
  const at = (now: number, priority: number): TaskId => memory.add({ priority }, { now });
  const normal = at(NOW, 5);
  const sameTime = at(NOW, 5);
  const later = at(NOW + 1, 5);
  const urgentLater = at(NOW + 2, 1);
  const lowButOld = at(NOW - 3 * AGEING_MS_PER_PRIORITY, 9);
  const lowAndOlder = at(NOW - 4 * AGEING_MS_PER_PRIORITY - 1, 9);
  assert.deepEqual(startable(memory), [urgentLater, lowAndOlder, normal, sameTime, later, lowButOld]);
  assert.equal(rankOf(5, NOW) - rankOf(4, NOW), AGEING_MS_PER_PRIORITY);
});

test('only tasks that nothing holds back can be started', (t) => {
  const memory = new MemoryStore(t);
  const { store, ledger } = memory;
  const free = memory.add();
  const held = memory.add();
  const unmet = memory.add({}, { unmet: 1 });
  const timed = memory.add({ startAt: 5000 });
  const parked = memory.add();
  const interactive = memory.add({ interactive: true });
  const running = memory.add();
  const elsewhere = memory.add({}, { workspace: '/other' });
  const simulation = memory.add({ type: 'simulation' });
  store.write(() => {
    ledger.apply(held, { type: 'held' }, 1000);
    store.tasks.park(parked, holderOfTask(running));
  });
  memory.run(running);
  assert.deepEqual([startable(memory), startable(memory, 'utility', true), startable(memory, 'simulation'), store.tasks.startableTypes('/lab')], [[free], [free, interactive], [simulation], ['simulation', 'utility']]);

  store.write(() => {
    ledger.apply(held, { type: 'released', at: 1500 }, 1500);
    store.tasks.setUnmet(unmet, 0);
  });
  assert.equal(store.write(() => store.tasks.openTimed(4999)), 0);
  assert.deepEqual([startable(memory), store.tasks.nextTimed()], [[free, unmet, held], 5000]);
  assert.equal(store.write(() => store.tasks.openTimed(5000)), 1);
  memory.end(running);
  assert.deepEqual([startable(memory), store.tasks.nextTimed()], [[free, unmet, parked, held, timed], undefined]);
  assert.deepEqual(store.tasks.startable('/other', 'utility', 99, false).map(({ id }) => id), [elsewhere]);
  assert.deepEqual(store.tasks.startable('/lab', 'utility', 2, false).map(({ id }) => id), [free, unmet]);
});

test('a new priority takes a waiting task to another place, and one at work to none', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const [first, second, third] = [memory.add(), memory.add(), memory.add()];
  memory.run(third);
  const before = memory.task(third).position;
  store.write(() => {
    store.tasks.setPriority(memory.task(second), 1, 2000);
    store.tasks.setPriority(memory.task(third), 1, 2000);
  });
  assert.deepEqual([startable(memory), memory.task(second).spec.priority, memory.task(third).spec.priority, memory.task(third).position], [[second, first], 1, 1, before]);
});

test('parked tasks come back when the one they are behind moves on', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const [first, second, third] = [memory.add(), memory.add(), memory.add()];
  store.write(() => {
    store.tasks.park(second, holderOfTask(first));
    store.tasks.park(third, holderOfTask(second));
  });
  assert.deepEqual(startable(memory), [first]);
  store.write(() => store.tasks.unparkBehind(holderOfTask(first)));
  assert.deepEqual(startable(memory), [first, second]);
  store.write(() => store.tasks.unparkAll());
  assert.deepEqual(startable(memory), [first, second, third]);
});

test('each group has its order, and pages of it are its parts', (t) => {
  const memory = new MemoryStore(t);
  const random = new SeededRandom(seedFor(t));
  const { store, ledger } = memory;
  const workspaces = ['/lab', '/other', '/third'];
  for (let n = 0; n < 120; n++) {
    const now = NOW + random.between(0, 50);
    const id = memory.add({ priority: random.pick([1, 5, 9]), ...(random.chance(0.2) && { startAt: now + 1000 }) }, { now, workspace: random.pick(workspaces) });
    if (random.chance(0.6)) memory.run(id, now + random.between(0, 9));
    if (random.chance(0.3)) store.write(() => ledger.apply(id, { type: 'stopRequested', cause: { type: 'cancel' }, at: now }, now));
    else if (random.chance(0.5) && memory.task(id).state.status === 'running') memory.end(id, random.between(0, 1), now + random.between(0, 99));
  }
  const all = Array.from({ length: 120 }, (_, n) => memory.task(taskId(n + 1)));
  const groupOf = ({ state }: (typeof all)[number]): TaskGroup =>
    state.status === 'finished' ? 'finished' : state.status !== 'queued' ? 'running' : state.readyAt > NOW + 500 ? 'scheduled' : 'waiting';
  for (const some of [workspaces, ['/lab'], ['/lab', '/third'], []]) {
    for (const group of ['running', 'waiting', 'scheduled', 'finished'] as const) {
      const expected = all.filter((task) => some.includes(task.workspace) && groupOf(task) === group).sort((a, b) => a.position - b.position || a.id - b.id);
      assert.deepEqual(store.tasks.page(group, some, 0, 999), expected);
      const pages = Array.from({ length: 20 }, (_, page) => store.tasks.page(group, some, page * 7, 7)).flat();
      assert.deepEqual(pages, expected);
    }
  }
  const finished = store.tasks.page('finished', workspaces, 0, 999).map(({ state }) => (state.status === 'finished' ? state.finishedAt : 0));
  assert.deepEqual(finished, [...finished].sort((a, b) => b - a), 'the last to finish comes first');
});

test('what changed since a revision is told by number, unless it is too much', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const [first, second, third] = [memory.add(), memory.add(), memory.add()];
  const since = store.revision();
  assert.deepEqual(store.tasks.changedSince(since, 10), []);
  store.write(() => {
    store.tasks.touch(second);
    store.tasks.setUnmet(third, 1);
  });
  assert.equal(store.revision(), since + 1, 'one transaction is one revision');
  store.write(() => {
    store.tasks.touch(second);
    store.write(() => store.tasks.touch(third));
  });
  assert.equal(store.revision(), since + 2, 'whoever takes part in it');
  assert.throws(() => store.tasks.touch(first), /outside of a transaction/);
  assert.deepEqual(store.tasks.changedSince(since, 2), [second, third]);
  assert.equal(store.tasks.changedSince(since, 1), undefined);
  store.write(() => store.tasks.touch(first));
  assert.deepEqual(store.tasks.changedSince(since + 2, 2), [first]);
});

test('a task that is gone is nowhere', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const id = memory.add();
  assert.deepEqual([store.tasks.nameOf(id), store.tasks.idsOf('/lab', 'queued')], ['job', [id]]);
  store.write(() => store.tasks.delete(id));
  assert.deepEqual([store.tasks.get(id), store.tasks.nameOf(id), store.tasks.idsOf('/lab', 'queued'), startable(memory)], [undefined, undefined, [], []]);
  assert.notEqual(memory.add(), id, 'a number is not given twice');
});
