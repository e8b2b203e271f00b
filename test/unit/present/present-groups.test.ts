import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchId } from '../../../src/core/model/ids.ts';
import { batchHighlights } from '../../../src/core/present/tasks/batch-highlights.ts';
import { presentBatch } from '../../../src/core/present/tasks/present-batch.ts';
import { presentBucket, presentGroup } from '../../../src/core/present/tasks/present-group.ts';
import { worthRetrying } from '../../../src/core/present/tasks/worth-retrying.ts';
import { presentMore } from '../../../src/core/present/tasks/present-more.ts';
import { failed, NOW, sampleTask, succeeded } from './sample-task.ts';

const counts = { running: 1, waiting: 12, scheduled: 0, finished: 57, failed: 2 };

void test('a group shows its count and what is remarkable about it', () => {
  const shown = (['running', 'waiting', 'finished'] as const).map((group) => presentGroup(group, counts, true)).map(({ label, description, icon, accessibility, contextValue }) => [label, description, icon, accessibility, contextValue]);
  assert.deepEqual(shown, [
    ['Running', '1', 'play', 'Running, 1 task', 'group-running'],
    ['Waiting', '12 · queue paused', 'debug-pause', 'Waiting, 12 tasks, queue paused', 'group-waiting'],
    ['Finished', '57 · 2 failed', 'history', 'Finished, 57 tasks, 2 failed', 'group-finished'],
  ]);
});

void test('schedules are counted beside the tasks that are for later', () => {
  const shown = ([[0, 3], [2, 1], [1, 0]] as const).map(([scheduled, schedules]) => presentGroup('scheduled', { ...counts, scheduled }, false, schedules));
  assert.deepEqual(shown.map(({ description, accessibility }) => [description, accessibility]), [
    ['3 schedules', 'Scheduled, 3 schedules'],
    ['2 · 1 schedule', 'Scheduled, 2 tasks, 1 schedule'],
    ['1', 'Scheduled, 1 task'],
  ]);
});

void test('a bucket names its value and tallies its tasks', () => {
  const face = presentBucket('role', undefined, { running: 2, waiting: 0, finished: 3, failed: 1, isWaitingWhole: true, isFinishedWhole: true });
  assert.deepEqual([face.label, face.description, face.contextValue], ['No role', '2 running · 3 finished · 1 failed', 'group-role']);
  const some = presentBucket('role', undefined, { running: 0, waiting: 4, finished: 100, failed: 2, isWaitingWhole: true, isFinishedWhole: false });
  assert.equal(some.description, '4 waiting · 100+ finished · 2+ failed', 'of those not loaded nobody knows');
});

void test('a batch that is over shows totals, failures and its wall time', () => {
  const batch = { id: batchId(9), name: 'Examples', workspace: '/w', submittedAt: NOW, total: 12, finished: 12, failed: 1, wallMs: 42_000 };
  const shown = [presentBatch(batch), presentBatch({ ...batch, finished: 3, failed: 0, wallMs: undefined }), presentBatch({ ...batch, failed: 0, wallMs: undefined })];
  assert.deepEqual(shown.map(({ description, icon, contextValue }) => [description, icon, contextValue]), [
    ['12 of 12 · 1 failed · 0:42', 'run-errors', 'batch over retryable'],
    ['3 of 12', 'run-all', 'batch cancelable'],
    ['12 of 12', 'pass-filled', 'batch over retryable'],
  ]);
  assert.equal(presentBatch({ ...batch, finished: 3 }).contextValue, 'batch cancelable retryable');
});

void test('of a batch what went wrong is worth another try, and all of one in which nothing did', () => {
  const [good, bad, waiting] = [sampleTask({ id: 1, state: succeeded }), sampleTask({ id: 2, state: failed }), sampleTask({ id: 3 })];
  assert.deepEqual(worthRetrying([good, bad, waiting]).map(({ task }) => task.id), [2]);
  assert.deepEqual(worthRetrying([good, waiting]).map(({ task }) => task.id), [1]);
});

void test('the remarkable tasks of a batch are the failed ones, then the slowest', () => {
  const task = (id: number, ms: number, state = succeeded) => sampleTask({ id, state, run: { startedAt: NOW - 100_000, endedAt: NOW - 100_000 + ms } });
  const tasks = [task(1, 10), task(2, 9000), task(3, 5, failed), task(4, 70), task(5, 80)];
  assert.deepEqual(batchHighlights(tasks, 2).map((view) => view.task.id), [3, 2, 5]);
});

void test('the row for what is not loaded says how much that is', () => {
  assert.deepEqual([presentMore(99_900, 100), presentMore(1, 100), presentMore(100, 100, 'batch')].map(({ label, description }) => `${label} ${description}`), [
    'Show 100 More… 99,900 tasks not shown',
    'Show 1 More… 1 task not shown',
    'Show 100 More… 100 batches not shown',
  ]);
});

void test('a group of a role is called as people call it', () => {
  const tally = { running: 1, waiting: 0, finished: 2, failed: 0, isWaitingWhole: true, isFinishedWhole: true };
  assert.deepEqual([presentBucket('role', 'gui_testing', tally).label, presentBucket('role', 'night_shift', tally).label, presentBucket('role', undefined, tally).label], ['GUI Testing', 'night_shift', 'No role']);
});
