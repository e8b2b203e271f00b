import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TaskBoard } from '../../../src/cli/follow/task-board.ts';
import { taskId } from '../../../src/core/model/ids.ts';
import { FakeEngine } from '../../support/fake-engine.ts';

function board(...names: readonly string[]) {
  const engine = new FakeEngine();
  const ids = names.map((name) => engine.add({ name }));
  const followed = new TaskBoard(ids);
  const look = (): string[] => followed.update(ids.map((id) => engine.get(id))).map(({ type, view }) => `${type} ${view.task.spec.name}`);
  return { engine, ids, board: followed, look };
}

void test('start and end of a task are told once each', () => {
  const { engine, ids: [a], look } = board('a');
  assert.deepEqual(look(), []);
  engine.start(a!);
  assert.deepEqual([look(), look()], [['started a'], []]);
  engine.end(a!);
  assert.deepEqual([look(), look()], [['ended a'], []]);
});

void test('a run too short to be seen is told all the same', () => {
  const { engine, ids: [a], look } = board('a');
  look();
  engine.start(a!);
  engine.end(a!);
  assert.deepEqual(look(), ['started a', 'ended a']);
});

void test('what had ended before the first look only ends', () => {
  const { engine, ids: [a], look } = board('a');
  engine.start(a!);
  engine.end(a!);
  assert.deepEqual(look(), ['ended a']);
});

void test('every attempt is told, also one too short to be seen', () => {
  const { engine, ids: [a], look } = board('a');
  look();
  engine.start(a!);
  engine.end(a!, { type: 'failed', reason: 'exit', code: 1 }, {}, 5);
  assert.deepEqual(look(), ['started a', 'retrying a']);
  assert.deepEqual(look(), []);
  engine.start(a!);
  engine.end(a!, { type: 'failed', reason: 'exit', code: 1 }, {}, 5);
  assert.deepEqual(look(), ['started a', 'retrying a']);
  engine.start(a!);
  engine.end(a!);
  assert.deepEqual(look(), ['started a', 'ended a']);
});

void test('the board counts what ended, and what ended otherwise than expected', () => {
  const { engine, ids, board: followed, look } = board('a', 'b', 'c', 'd');
  look();
  engine.start(ids[0]!);
  engine.start(ids[1]!);
  engine.end(ids[1]!, { type: 'failed', reason: 'exit', code: 2 });
  look();
  followed.forget([ids[3]!]);
  assert.deepEqual(
    { running: followed.running.length, waiting: followed.waiting.length, finished: followed.finished, total: followed.total, unexpected: followed.unexpected, forgotten: followed.forgotten, isOver: followed.isOver },
    { running: 1, waiting: 1, finished: 2, total: 4, unexpected: 1, forgotten: 1, isOver: false },
  );
});

void test('a task queued again by somebody after its end stays over', () => {
  const { engine, ids: [a], board: followed, look } = board('a');
  engine.start(a!);
  engine.end(a!);
  look();
  void engine.retry([a!]);
  assert.deepEqual(look(), []);
  followed.add([a!]);
  assert.equal(followed.isOver, true);
  followed.add([taskId(99)]);
  assert.deepEqual([followed.isOver, followed.total], [false, 2]);
});
