import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleId } from '../../../../src/core/model/ids.ts';
import type { Recommendation } from '../../../../src/core/model/recommendation.ts';
import { AdviceBook } from '../../../../src/views/dashboard/advice-book.ts';

const raise: Recommendation = { id: 'raise', kind: 'raise-limit', title: 'Run 4 at once', evidence: '212 tasks waited', change: { type: 'setting', key: 'maxParallel', value: 4, now: 3 } };
const flaky: Recommendation = { id: 'flaky', kind: 'flaky', title: 'It is flaky', evidence: '13 of 33', change: undefined };
const quiet: Recommendation = { id: 'quiet', kind: 'quiet-hours', title: 'Move it to 02:00', evidence: 'busy', change: { type: 'schedule', schedule: scheduleId(1), name: 'Render', workspace: '/lab', value: 120, now: 840 } };
const foreign: Recommendation = { ...raise, id: 'foreign', change: { type: 'setting', key: 'noSuchSetting', value: 1, now: 0 } };

function open(written: Readonly<Record<string, unknown>> = {}) {
  const settings = new Map(Object.entries(written));
  const memory = new Map<string, unknown>();
  const schedule = { time: 840 };
  const make = (): AdviceBook =>
    new AdviceBook(
      { has: (key) => key === 'maxParallel', place: () => 'user', written: (key) => settings.get(key), write: (key, _place, value) => Promise.resolve(value === undefined ? void settings.delete(key) : void settings.set(key, value)) },
      { move: (_schedule, from, to) => Promise.resolve(schedule.time === from && (schedule.time = to) === to) },
      { get: (key) => memory.get(key), update: (key, value) => Promise.resolve(void memory.set(key, JSON.parse(JSON.stringify(value)))) },
    );
  return { book: make(), make, settings, schedule };
}

const shown = (book: AdviceBook, given: readonly Recommendation[]): readonly string[] => book.list(given).map(({ id, isApplied }) => `${id}${isApplied ? ' applied' : ''}`);

void test('applying changes the setting, and undoing restores what was written before', async () => {
  const { book, settings } = open({ maxParallel: 3 });
  await book.apply('raise', [raise, flaky]);
  assert.equal(settings.get('maxParallel'), 4);
  assert.deepEqual(shown(book, [flaky]), ['flaky', 'raise applied'], 'it can be undone though it is given no more');
  await book.undo('raise');
  assert.equal(settings.get('maxParallel'), 3);
  assert.deepEqual(shown(book, [raise, flaky]), ['raise', 'flaky']);
});

void test('a setting that was not written is taken away again, also by the next window', async () => {
  const { book, make, settings } = open();
  await book.apply('raise', [raise]);
  await make().undo('raise');
  assert.equal(settings.has('maxParallel'), false);
});

void test('a setting that a person has changed since is left as it is', async () => {
  const { book, settings } = open({ maxParallel: 3 });
  await book.apply('raise', [raise]);
  settings.set('maxParallel', 6);
  await assert.rejects(book.undo('raise'), /parallelWorkflow\.maxParallel has been changed since/);
  assert.equal(settings.get('maxParallel'), 6);
  assert.deepEqual(shown(book, []), []);
});

void test('advice on parts of one setting is undone in any order', async () => {
  const { book, settings } = open();
  const types = (a: number, b: number): unknown => ({ a: { limit: a, cpu: 1 }, b: { limit: b, cpu: 1 } });
  const onTypes = (id: string, now: unknown, value: unknown): Recommendation => ({ ...raise, id, change: { type: 'setting', key: 'maxParallel', now, value } });
  const [first, second] = [onTypes('a', types(2, 3), types(1, 3)), onTypes('b', types(1, 3), types(1, 4))];
  await book.apply('a', [first]);
  await book.apply('b', [second]);
  await book.undo('a');
  assert.deepEqual(settings.get('maxParallel'), types(2, 4));
  await book.undo('b');
  assert.deepEqual(settings.get('maxParallel'), types(2, 3));
  await book.apply('a', [first]);
  settings.set('maxParallel', types(5, 3));
  await assert.rejects(book.undo('a'), /has been changed since/);
  assert.deepEqual(settings.get('maxParallel'), types(5, 3));
});

void test('a schedule is moved, and moved back by the next window', async () => {
  const { book, make, schedule } = open();
  await book.apply('quiet', [quiet]);
  assert.deepEqual([schedule.time, shown(book, [])], [120, ['quiet applied']]);
  await make().undo('quiet');
  assert.deepEqual([schedule.time, shown(book, [quiet])], [840, ['quiet']]);
});

void test('a schedule that was changed meanwhile is left as it is', async () => {
  const { book, schedule } = open();
  schedule.time = 900;
  await assert.rejects(book.apply('quiet', [quiet]), /“Render” has just been changed/);
  assert.deepEqual([schedule.time, shown(book, [quiet])], [900, ['quiet']]);
  schedule.time = 840;
  await book.apply('quiet', [quiet]);
  schedule.time = 900;
  await assert.rejects(book.undo('quiet'), /“Render” has been changed since, or is gone.*in the view Schedules/);
  assert.deepEqual([schedule.time, shown(book, [])], [900, []]);
});

void test('only settings of ours are changed, and only by advice that holds', async () => {
  const { book, settings } = open();
  await assert.rejects(book.apply('foreign', [foreign]), /no setting parallelWorkflow\.noSuchSetting/);
  await assert.rejects(book.apply('flaky', [flaky]), /Nothing that a click can change/);
  await assert.rejects(book.apply('raise', []), /no longer holds/);
  await assert.rejects(book.undo('raise'), /nothing to undo/);
  assert.equal(settings.size, 0);
});

void test('what is dismissed stays away', async () => {
  const { book, make } = open();
  await book.dismiss('flaky');
  assert.deepEqual(shown(make(), [raise, flaky]), ['raise']);
});
