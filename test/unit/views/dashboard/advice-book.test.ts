import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Recommendation } from '../../../../src/core/model/recommendation.ts';
import { AdviceBook } from '../../../../src/views/dashboard/advice-book.ts';

const raise: Recommendation = { id: 'raise', kind: 'raise-limit', title: 'Run 4 at once', evidence: '212 tasks waited', change: { key: 'maxParallel', value: 4, now: 3 } };
const flaky: Recommendation = { id: 'flaky', kind: 'flaky', title: 'It is flaky', evidence: '13 of 33', change: undefined };
const foreign: Recommendation = { ...raise, id: 'foreign', change: { key: 'noSuchSetting', value: 1, now: 0 } };

function open(written: Readonly<Record<string, unknown>> = {}) {
  const settings = new Map(Object.entries(written));
  const memory = new Map<string, unknown>();
  const make = (): AdviceBook =>
    new AdviceBook(
      { has: (key) => key === 'maxParallel', place: () => 'user', written: (key) => settings.get(key), write: (key, _place, value) => Promise.resolve(value === undefined ? void settings.delete(key) : void settings.set(key, value)) },
      { get: (key) => memory.get(key), update: (key, value) => Promise.resolve(void memory.set(key, JSON.parse(JSON.stringify(value)))) },
    );
  return { book: make(), make, settings };
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

void test('only settings of ours are changed, and only by advice that holds', async () => {
  const { book, settings } = open();
  await assert.rejects(book.apply('foreign', [foreign]), /No setting of Parallel Workflow/);
  await assert.rejects(book.apply('flaky', [flaky]), /No setting of Parallel Workflow/);
  await assert.rejects(book.apply('raise', []), /no longer holds/);
  await assert.rejects(book.undo('raise'), /nothing to undo/);
  assert.equal(settings.size, 0);
});

void test('what is dismissed stays away', async () => {
  const { book, make } = open();
  await book.dismiss('flaky');
  assert.deepEqual(shown(make(), [raise, flaky]), ['raise']);
});
