import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskId, type TaskId } from '../../../../../src/core/model/ids.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { SeededRandom, seedFor } from '../../../../support/seeded-random.ts';

/** A task that waits for others. */
function after(memory: MemoryStore, name: string, ...upstream: readonly TaskId[]): TaskId {
  const id = memory.add({ name });
  memory.store.write(() => {
    for (const other of upstream) memory.store.dependencies.insert(id, other);
    memory.ledger.recountUpstream(id);
  });
  return id;
}

/** Where a task stands, in a word or two. */
function standing(memory: MemoryStore, ...ids: readonly TaskId[]): string[] {
  return ids.map((id) => {
    const { state, unmet } = memory.task(id);
    if (state.status === 'queued') return unmet === 0 ? 'free' : `waits for ${unmet}`;
    if (state.status !== 'finished') return state.status;
    return state.outcome.type === 'skipped' ? `skipped by ${state.outcome.reason === 'upstream' ? state.outcome.name : state.outcome.program}` : state.outcome.type;
  });
}

/** a → b → c, and d that needs a and c. */
function chain(memory: MemoryStore): readonly [TaskId, TaskId, TaskId, TaskId] {
  const a = memory.add({ name: 'a' });
  const b = after(memory, 'b', a);
  const c = after(memory, 'c', b);
  return [a, b, c, after(memory, 'd', a, c)];
}

test('tasks become free as those before them succeed', (t) => {
  const memory = new MemoryStore(t);
  const [a, b, c, d] = chain(memory);
  assert.deepEqual(standing(memory, a, b, c, d), ['free', 'waits for 1', 'waits for 1', 'waits for 2']);
  memory.finish(a);
  assert.deepEqual(standing(memory, a, b, c, d), ['succeeded', 'free', 'waits for 1', 'waits for 1']);
  memory.finish(b);
  memory.finish(c);
  assert.deepEqual(standing(memory, a, b, c, d), ['succeeded', 'succeeded', 'succeeded', 'free']);
});

test('a failure skips all that come after it, however far, each because of the one before', (t) => {
  const memory = new MemoryStore(t);
  const [a, b, c, d] = chain(memory);
  const other = memory.add({ name: 'other' });
  memory.finish(a, 1);
  assert.deepEqual(standing(memory, a, b, c, d, other), ['failed', 'skipped by a', 'skipped by b', 'skipped by a', 'free']);
  assert.ok(memory.log.lines.includes(`info #${b} b: skipped, because #${a} a did not succeed`));
});

test('so does a cancelled one, and a held task is skipped too', (t) => {
  const memory = new MemoryStore(t);
  const [a, b, c, d] = chain(memory);
  memory.store.write(() => {
    memory.ledger.apply(c, { type: 'held' }, 5);
    memory.ledger.apply(b, { type: 'stopRequested', cause: { type: 'cancel' }, at: 5 }, 5);
  });
  assert.deepEqual(standing(memory, a, b, c, d), ['free', 'cancelled', 'skipped by b', 'skipped by c']);
});

test('what was left out for a missing program leaves out, by the same name, what needs its work', (t) => {
  const memory = new MemoryStore(t);
  const [a, b, c, d] = chain(memory);
  memory.run(a);
  memory.store.write(() => memory.ledger.apply(a, { type: 'ended', outcome: { type: 'skipped', reason: 'missing-program', program: 'blender' }, at: 9 }, 9));
  assert.deepEqual(standing(memory, a, b, c, d), ['skipped by blender', 'skipped by blender', 'skipped by blender', 'skipped by blender']);
  memory.store.write(() => memory.ledger.requeue(memory.task(a), 10));
  assert.deepEqual(standing(memory, a, b, c, d), ['free', 'waits for 1', 'waits for 1', 'waits for 2']);
});

test('a retry queues all that was skipped because of it', (t) => {
  const memory = new MemoryStore(t);
  const [a, b, c, d] = chain(memory);
  memory.finish(a, 1);
  assert.deepEqual([...memory.store.write(() => memory.ledger.requeue(memory.task(a), 10))].sort(), [a, b, c, d]);
  assert.deepEqual(standing(memory, a, b, c, d), ['free', 'waits for 1', 'waits for 1', 'waits for 2']);
  assert.deepEqual([memory.task(a).attempts, memory.task(a).tries], [1, 0]);
});

test('what also came after another failure stays skipped until that one is retried, in any order', (t) => {
  for (const order of [[0, 1], [1, 0]]) {
    const memory = new MemoryStore(t);
    const failed = [memory.add({ name: 'a' }), memory.add({ name: 'b' })];
    const both = after(memory, 'both', ...failed);
    for (const id of failed) memory.finish(id, 1);
    const retry = (index: number): unknown => memory.store.write(() => memory.ledger.requeue(memory.task(failed[index]!), 10));
    retry(order[0]!);
    assert.deepEqual(standing(memory, both), ['skipped by a']);
    retry(order[1]!);
    assert.deepEqual(standing(memory, both), ['waits for 2']);
  }
});

test('to retry what succeeded makes those that have not begun wait for it again, and no others', (t) => {
  const memory = new MemoryStore(t);
  const [a, b, c, d] = chain(memory);
  memory.finish(a);
  memory.finish(b);
  memory.store.write(() => memory.ledger.requeue(memory.task(a), 10));
  assert.deepEqual(standing(memory, a, b, c, d), ['free', 'succeeded', 'free', 'waits for 2']);
});

test('nobody waits for a task that is gone', (t) => {
  const memory = new MemoryStore(t);
  const [a, b, c, d] = chain(memory);
  memory.store.write(() => memory.ledger.forget(memory.task(b)));
  assert.deepEqual(standing(memory, a, c, d), ['free', 'free', 'waits for 2']);
  assert.deepEqual([memory.store.dependencies.upstreamOf(c), memory.store.dependencies.downstreamOf(a), memory.store.claims.of(b)], [[], [d], []]);
});

test('with a task its runs are gone', (t) => {
  const memory = new MemoryStore(t);
  const id = memory.add();
  memory.finish(id, 1);
  memory.store.write(() => memory.ledger.requeue(memory.task(id), 10));
  memory.finish(id);
  assert.equal(memory.store.write(() => memory.ledger.forget(memory.task(id))).length, 2);
  assert.deepEqual(memory.store.runs.ofTask(id), []);
});

test('an event that does not apply changes nothing, and is answered with the reason', (t) => {
  const memory = new MemoryStore(t);
  const { ledger, store } = memory;
  const [queued, held, running, stopping, finished] = ['queued', 'held', 'running', 'stopping', 'finished'].map((name) => memory.add({ name })) as [TaskId, TaskId, TaskId, TaskId, TaskId];
  for (const id of [running, stopping]) memory.run(id);
  memory.finish(finished);
  store.write(() => {
    ledger.apply(held, { type: 'held' }, 1);
    ledger.apply(stopping, { type: 'stopRequested', cause: { type: 'cancel' }, at: 1 }, 1);
  });
  const revision = store.revision();
  const refusals = store.write(() => [
    ledger.apply(stopping, { type: 'stopRequested', cause: { type: 'cancel' }, at: 2 }, 2),
    ledger.apply(finished, { type: 'stopRequested', cause: { type: 'cancel' }, at: 2 }, 2),
    ledger.apply(running, { type: 'requeued', at: 2 }, 2),
    ledger.apply(held, { type: 'held' }, 2),
    ledger.apply(running, { type: 'held' }, 2),
    ledger.apply(queued, { type: 'released', at: 2 }, 2),
    ledger.apply(queued, { type: 'started', at: 2 }, 2),
    ledger.apply(taskId(99), { type: 'held' }, 2),
  ]);
  assert.deepEqual(refusals.map((refusal) => ('refused' in refusal ? refusal.refused : 'applied')), [
    'it is already stopping',
    'it has already finished',
    'it is running; only finished tasks can be queued again',
    'it is held already',
    'it is running; only waiting tasks can be held',
    'it is not held',
    '`started` does not apply to a task that is queued',
    'there is no such task',
  ]);
  assert.equal(store.revision(), revision);
});

test('a chain of two thousand is skipped and retried without running out of stack', (t) => {
  const memory = new MemoryStore(t);
  const ids = memory.store.write(() => {
    const first = memory.add();
    const all = [first];
    for (let n = 1; n < 2000; n++) all.push(after(memory, 'x', all[n - 1]!));
    return all;
  });
  memory.log.lines.length = 0;
  memory.finish(ids[0]!, 1);
  assert.deepEqual(standing(memory, ids[1999]!), ['skipped by x']);
  memory.store.write(() => memory.ledger.requeue(memory.task(ids[0]!), 10));
  assert.deepEqual(standing(memory, ids[1999]!), ['waits for 1']);
});

test('whatever happens, a waiting task counts those before it that have not succeeded, and waits for none that failed', (t) => {
  const random = new SeededRandom(seedFor(t));
  for (let round = 0; round < 10; round++) {
    const memory = new MemoryStore(t);
    const { store, ledger } = memory;
    const ids: TaskId[] = [];
    for (let n = 0; n < 14; n++) ids.push(after(memory, `t${n}`, ...ids.filter(() => random.chance(0.25))));
    for (let step = 0; step < 60; step++) {
      const id = random.pick(ids);
      const task = store.tasks.get(id);
      if (task === undefined) continue;
      const { state } = task;
      if (state.status === 'queued' && task.unmet === 0 && random.chance(0.7)) memory.finish(id, random.chance(0.4) ? 1 : 0);
      else if (state.status === 'queued' && random.chance(0.1)) store.write(() => ledger.apply(id, { type: 'stopRequested', cause: { type: 'cancel' }, at: step }, step));
      else if (state.status === 'finished' && ledger.failedUpstream(id) === undefined && random.chance(0.5)) store.write(() => ledger.requeue(task, step));
      else if (state.status === 'finished' && random.chance(0.05)) store.write(() => ledger.forget(task));
      for (const other of ids) {
        const waiting = store.tasks.get(other);
        if (waiting?.state.status !== 'queued') continue;
        const upstream = store.dependencies.upstreamOf(other).map((before) => memory.task(before).state);
        assert.equal(waiting.unmet, upstream.filter((before) => before.status !== 'finished').length, `${waiting.spec.name} in round ${round}, step ${step}`);
        assert.equal(ledger.failedUpstream(other), undefined);
      }
    }
  }
});
