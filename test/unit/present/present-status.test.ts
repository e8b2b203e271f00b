import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presentCounts, widthsFor } from '../../../src/core/present/tasks/present-status.ts';

const counts = { running: 3, waiting: 12, scheduled: 1, finished: 57, failed: 2 };

void test('the counts keep their width, and once wider stay so', () => {
  const few = presentCounts({ ...counts, waiting: 1 }, false, widthsFor(counts), []).text;
  const more = presentCounts(counts, false, widthsFor(counts), []).text;
  assert.deepEqual([few, more], ['$(run-all) 3 ▸ 1\u2007\u2007', '$(run-all) 3 ▸ 12\u2007']);
  const wide = widthsFor({ ...counts, waiting: 12_345 });
  assert.deepEqual([wide, widthsFor(counts, wide)], [{ running: 2, waiting: 5 }, { running: 2, waiting: 5 }]);
});

void test('a paused queue shows in the icon, the words and the tooltip', () => {
  const shown = presentCounts(counts, true, widthsFor(counts), ['[Resume](command:x)']);
  assert.equal(shown.text.startsWith('$(debug-pause) '), true);
  assert.equal(shown.accessibility, 'Parallel Workflow: 3 running, 12 waiting, queue paused');
  assert.equal(
    shown.tooltip,
    '**Parallel Workflow**\n\n| | |\n|:--|--:|\n| Running | 3 |\n| Waiting | 12 (queue paused) |\n| Scheduled | 1 |\n| Finished | 57 (2 failed) |\n\n[Resume](command:x)',
  );
});
