import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskId } from '../../../src/core/model/ids.ts';
import { parseOnlyTaskId, parseTaskIds, requireTaskIds, taskIdNames, taskIdText } from '../../../src/cli/task-ids.ts';

void test('numbers are written bare, with a hash or as a range, and count once', () => {
  assert.deepEqual(parseTaskIds(['12', '#3', '4-6', '#5-#7']), [12, 3, 4, 5, 6, 7]);
});

void test('neighbours are written as ranges, too many not at all', () => {
  assert.equal(taskIdText([7, 3, 4, 5, 12].map(taskId)), '3-5 7 12');
  assert.equal(taskIdText([1].map(taskId)), '1');
  assert.equal(taskIdText(Array.from({ length: 9 }, (_, index) => taskId(index * 2 + 1))), undefined);
});

void test('where they are named, of too many the first ones are', () => {
  assert.equal(taskIdNames([7, 3, 4, 5].map(taskId)), '#3-5, #7');
  assert.equal(taskIdNames(Array.from({ length: 9 }, (_, index) => taskId(index * 2 + 1))), '#1, #3, #5, #7, #9, #11, #13, #15, … 9 in all');
});

for (const word of ['x', '0', '-1', '1.5', '1e3', '', '7-3', '1-999999999']) {
  void test(`\`${word}\` is no number of a task`, () => assert.throws(() => parseTaskIds([word]), { name: 'UserError', message: /Expected/ }));
}

void test('one task means one', () => {
  assert.equal(parseOnlyTaskId(['#8']), 8);
  assert.throws(() => parseOnlyTaskId([]), /Expected the number of a task/);
  assert.throws(() => parseOnlyTaskId(['1', '2']), /Expected one task, got 2/);
  assert.throws(() => requireTaskIds([], '`--all`'), /at least one task, such as `12`, or `--all`/);
});
