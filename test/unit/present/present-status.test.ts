import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presentCounts, presentMachine, presentNoMachine, widthsFor } from '../../../src/core/present/present-status.ts';
import { sampleMachine } from '../../support/sample-machine.ts';
import { NOW } from './sample-task.ts';

const sample = sampleMachine({ at: NOW, cpu: 0.05, memory: 0.61, memoryUsed: 9.8e9, memoryTotal: 16e9, cores: 2 });
const counts = { running: 3, waiting: 12, scheduled: 1, finished: 57, failed: 2 };

void test('the figures of the machine are as wide at 5 % as at 100 %, guessed or not', () => {
  const samples = [0, 0.05, 0.43, 1, 7, Number.NaN].flatMap((cpu) => [true, false].map((estimated) => presentMachine({ ...sample, cpu, estimated }, []).text));
  assert.deepEqual(new Set([...samples, presentNoMachine()].map((text) => [...text].length)).size, 1);
  assert.equal(samples[2], '$(pulse)\u2007\u2007~5\u00a0%\u00a0$(server)\u2007~61\u00a0%');
});

void test('the counts keep their width, and once wider stay so', () => {
  const few = presentCounts({ ...counts, waiting: 1 }, false, widthsFor(counts), []).text;
  const more = presentCounts(counts, false, widthsFor(counts), []).text;
  assert.deepEqual([few, more], ['$(run-all) \u20073 ▸ 1\u2007', '$(run-all) \u20073 ▸ 12']);
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

void test('an estimated figure is marked and explained', () => {
  const { tooltip, accessibility } = presentMachine({ ...sample, estimated: true }, []);
  assert.match(tooltip, /\| CPU \| \\~5\u00a0% of 2 cores \|/);
  assert.match(tooltip, /figures marked with ~ are estimates/);
  assert.equal(accessibility, 'Estimated CPU 5\u00a0%, memory 61\u00a0%');
});
