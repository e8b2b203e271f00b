import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { Orders } from '../../../../../src/core/engine/tasks/orders.ts';
import { holderOfTask, taskId, type TaskId } from '../../../../../src/core/model/ids.ts';
import { MemoryStore } from '../../../../support/memory-store.ts';
import { tempFolder } from '../../../../support/temp-folder.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

const NOW = 5000;

function setting(t: { after(clean: () => void): void }) {
  const memory = new MemoryStore(t);
  const [queued, held, running, finished] = ['queued', 'held', 'running', 'finished'].map((name) => memory.add({ name })) as [TaskId, TaskId, TaskId, TaskId];
  const orders = new Orders(memory.store, memory.ledger, new ManualClock(NOW), memory.log);
  memory.run(running);
  memory.finish(finished);
  orders.hold([held]);
  memory.log.lines.length = 0;
  return { memory, orders, queued, held, running, finished, all: [queued, held, running, finished, taskId(99)] };
}

const NONE = 'there is no such task';

test('cancel ends what waits, asks what runs, and refuses the rest', (t) => {
  const { memory, orders, queued, held, running, finished, all } = setting(t);
  assert.deepEqual(orders.cancel(all), { done: [queued, held, running], refused: [{ id: finished, why: 'it has already finished' }, { id: 99, why: NONE }] });
  assert.deepEqual([queued, held, running].map((id) => memory.task(id).state), [
    { status: 'finished', outcome: { type: 'cancelled' }, finishedAt: NOW },
    { status: 'finished', outcome: { type: 'cancelled' }, finishedAt: NOW },
    { status: 'stopping', run: 1, startedAt: 2000, cause: { type: 'cancel' } },
  ]);
  assert.deepEqual(orders.cancel([running]).refused, [{ id: running, why: 'it is already stopping' }]);
  assert.deepEqual(memory.log.lines, [`info cancel: #${queued}, #${held}, #${running}`]);
});

test('cancelling all reaches whatever has not finished at that moment, and what ends with another of it', (t) => {
  const { memory, orders, queued, held, running, finished } = setting(t);
  const after = memory.add({}, { unmet: 1 });
  memory.store.write(() => memory.store.dependencies.insert(after, queued));
  const many = Array.from({ length: 1200 }, () => memory.add());
  const elsewhere = memory.add({}, { workspace: '/other' });
  assert.deepEqual(orders.cancelAll(['/lab']), [queued, held, running, after, ...many]);
  assert.deepEqual(new Set([queued, held, after, ...many].map((id) => memory.task(id).state.status)), new Set(['finished']));
  assert.deepEqual([memory.task(running).state.status, memory.task(elsewhere).state.status], ['stopping', 'queued']);
  assert.deepEqual([orders.cancelAll(['/lab']), orders.cancelAll([])], [[running], []]);
  assert.equal(memory.task(finished).state.status, 'finished');
});

test('hold keeps waiting tasks back, release lets them go', (t) => {
  const { memory, orders, queued, held, running, finished, all } = setting(t);
  assert.deepEqual(orders.hold(all), {
    done: [queued],
    refused: [
      { id: held, why: 'it is held already' },
      { id: running, why: 'it is running; only waiting tasks can be held' },
      { id: finished, why: 'it is finished; only waiting tasks can be held' },
      { id: 99, why: NONE },
    ],
  });
  assert.deepEqual(orders.release([queued, held, running]), { done: [queued, held], refused: [{ id: running, why: 'it is not held' }] });
  assert.deepEqual(memory.task(held).state, { status: 'queued', held: false, readyAt: NOW });
});

test('a new priority is for what has not finished', (t) => {
  const { memory, orders, queued, held, running, finished, all } = setting(t);
  assert.deepEqual(orders.setPriority(all, 1), { done: [queued, held, running], refused: [{ id: finished, why: 'it has already finished' }, { id: 99, why: NONE }] });
  assert.deepEqual([queued, held, running, finished].map((id) => memory.task(id).spec.priority), [1, 1, 1, 5]);
  assert.equal(memory.task(held).state.status === 'queued' && (memory.task(held).state as { held: boolean }).held, true);
});

test('retry is for what has finished', (t) => {
  const { memory, orders, queued, running, finished, all } = setting(t);
  const applied = orders.retry(all);
  assert.deepEqual(applied.done, [finished]);
  assert.deepEqual(applied.refused.map(({ id, why }) => `${id}: ${why}`), [
    `${queued}: it is queued; only finished tasks can be queued again`,
    `${queued + 1}: it is queued; only finished tasks can be queued again`,
    `${running}: it is running; only finished tasks can be queued again`,
    `99: ${NONE}`,
  ]);
  assert.equal(memory.task(finished).state.status, 'queued');
});

test('a task is not retried while one before it is failed, for it would wait for ever; together they are, in any order', (t) => {
  const { memory, orders } = setting(t);
  const first = memory.add({ name: 'mesh' });
  const second = memory.add({ name: 'render' });
  memory.store.write(() => {
    memory.store.dependencies.insert(second, first);
    memory.ledger.recountUpstream(second);
  });
  memory.finish(first, 1);
  assert.deepEqual(orders.retry([second]), { done: [], refused: [{ id: second, why: `it comes after #${first} mesh, which did not succeed; retry that one` }] });
  assert.equal(memory.task(second).state.status, 'finished');
  assert.deepEqual(orders.retry([second, first]), { done: [first, second], refused: [] });
  assert.deepEqual([memory.task(first), memory.task(second)].map(({ state, unmet }) => [state.status, unmet]), [['queued', 0], ['queued', 1]]);
  memory.finish(first, 1);
  assert.deepEqual([memory.task(second).state.status, orders.retry([first])], ['finished', { done: [first, second], refused: [] }]);
});

test('who is released or retried by a person is no longer suspected of taking engines down', (t) => {
  const { memory, orders, held, finished } = setting(t);
  memory.store.write(() => [held, finished].forEach((id) => memory.store.tasks.setCrashes(id, 3)));
  orders.release([held]);
  orders.retry([finished]);
  assert.deepEqual([memory.task(held).crashes, memory.task(finished).crashes], [0, 0]);
});

test('a task with another priority leaves its place in line, and those behind it are looked at again', (t) => {
  const { memory, orders, queued, held } = setting(t);
  const { store } = memory;
  store.write(() => {
    store.claims.standInLine({ holder: holderOfTask(queued), position: 1, claims: [{ key: '/a', glob: '', path: '/a', mode: 'write' }] });
    store.tasks.park(held, holderOfTask(queued));
  });
  const before = store.revision();
  orders.setPriority([queued], 1);
  assert.deepEqual([store.claims.awaited(holderOfTask(queued)), store.tasks.unparkBehind(holderOfTask(queued))], [[], false]);
  assert.deepEqual(store.tasks.changedSince(before, 9), [queued, held]);
});

test('what has come to its end unseen is not cancelled any more', (t) => {
  const { memory, orders, running } = setting(t);
  const folder = tempFolder(t);
  memory.database.run('UPDATE runs SET folder = ? WHERE task = ?', folder, running);
  writeFileSync(path.join(folder, 'result'), 'exit 0\n');
  assert.deepEqual(orders.cancel([running]), { done: [], refused: [{ id: running, why: 'it has ended already, and its end is about to be written down' }] });
  assert.deepEqual([orders.cancelAll(['/lab']).includes(running), memory.task(running).state.status], [true, 'running']);
});

test('an order over nothing does nothing, and is not worth a word', (t) => {
  const { memory, orders } = setting(t);
  assert.deepEqual([orders.cancel([]), memory.log.lines], [{ done: [], refused: [] }, []]);
});
