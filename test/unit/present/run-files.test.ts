import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskId } from '../../../src/core/model/ids.ts';
import type { Run } from '../../../src/core/model/run.ts';
import type { FileConflict, UndeclaredWrite } from '../../../src/core/model/files/run-files.ts';
import { describeConflict, unclaimedWrites } from '../../../src/core/present/tasks/describe-run-files.ts';
import { presentClaim } from '../../../src/core/present/tasks/present-claim.ts';
import { presentTask } from '../../../src/core/present/tasks/present-task.ts';
import { presentMoreUndeclared, presentUndeclared } from '../../../src/core/present/tasks/present-undeclared.ts';
import { taskDetails } from '../../../src/core/present/tasks/task-details.ts';
import { taskTooltip } from '../../../src/core/present/tasks/task-tooltip.ts';
import { failed, NOW, running, sampleTask, succeeded, type Sample } from './sample-task.ts';

const LAB = '/home/ada/lab';
const write = (name: string, guess = false): UndeclaredWrite => ({ path: `${LAB}/${name}`, at: NOW, guess });
const conflict = (name: string, given: Partial<FileConflict> = {}): FileConflict => ({ path: `${LAB}/${name}`, at: NOW, guess: false, task: taskId(8), name: 'Report', held: false, ...given });
const row = (sample: Sample): string => {
  const face = presentTask(sampleTask(sample), NOW);
  return `${face.icon} ${face.iconColor} | ${face.description} | ${face.accessibility}`;
};

void test('a conflict marks the row of a task, whatever else went well', () => {
  const conflicts = [conflict('data.json')];
  assert.deepEqual(
    [
      row({ state: running, run: { conflicts } }),
      row({ state: succeeded, run: { conflicts: [...conflicts, conflict('b'), conflict('b')], endedAt: NOW } }),
      row({ state: failed, run: { conflicts, endedAt: NOW } }),
    ],
    [
      'play-circle list.warningForeground | 0:42 · conflict: data.json · simulation | Sweep 3, running, simulation, conflict: data.json',
      'warning list.warningForeground | conflicts: data.json and 1 more · 0:42 · 3 min ago | Sweep 3, succeeded, conflicts: data.json and 1 more',
      'error testing.iconFailed | conflict: data.json · failed (exit 2) · 0:42 · 3 min ago | Sweep 3, failed (exit 2), conflict: data.json',
    ],
  );
});

void test('a conflict reads from the side of its run', () => {
  assert.deepEqual(
    [describeConflict(conflict('in/data.json'), LAB), describeConflict(conflict('data.json', { held: true, guess: true }), LAB)],
    ['in/data.json, which “Report” held', 'data.json, written by “Report” meanwhile (guess)'],
  );
});

void test('writes without a claim can be claimed until a claim covers them', () => {
  const run: Partial<Run> = { undeclared: [write('a.csv'), write('out/b.csv'), write('log/c.txt')] };
  const view = sampleTask({ state: succeeded, run, spec: { files: [{ path: `${LAB}/a.csv`, mode: 'write' }, { path: LAB, mode: 'write', glob: 'out/*.csv' }, { path: `${LAB}/log`, mode: 'read' }] } });
  assert.deepEqual(unclaimedWrites(view).map(({ path }) => path), [`${LAB}/log/c.txt`]);
  assert.match(presentTask(view, NOW).contextValue, /\bclaimable\b/);
  assert.doesNotMatch(presentTask(sampleTask({ state: succeeded, run: {} }), NOW).contextValue, /\bclaimable\b/);
});

void test('a write without a claim shows as one, as a guess, and as claimed', () => {
  const faces = [presentUndeclared(write('out.csv'), LAB, false), presentUndeclared(write('res/out.csv', true), LAB, false), presentUndeclared(write('out.csv'), LAB, true), presentMoreUndeclared(80, true)];
  assert.deepEqual(
    faces.map(({ label, description, accessibility, contextValue }) => [label, description, accessibility, contextValue].join(' | ')),
    [
      'wrote out.csv | without a claim | wrote out.csv without a claim | undeclared unclaimed',
      'wrote out.csv | without a claim (guess) · res | wrote out.csv without a claim (guess) | undeclared unclaimed',
      'wrote out.csv | without a claim · claimed from the next run on | wrote out.csv without a claim, claimed from the next run on | undeclared',
      'wrote 80 more files | without a claim | wrote 80 more files without a claim | undeclared unclaimed',
    ],
  );
});

void test('a claim shows its glob, and who is in its way', () => {
  const holders = [{ holder: { type: 'task', id: taskId(8), name: 'Report' }, mode: 'write', since: NOW, own: false } as const];
  const faces = [presentClaim({ path: `${LAB}/data`, glob: '**', mode: 'write' }, LAB), presentClaim({ path: LAB, glob: '*.csv', mode: 'read' }, LAB), presentClaim({ path: `${LAB}/in/a.csv`, mode: 'write' }, LAB, { holders })];
  assert.deepEqual(
    faces.map(({ icon, label, description, accessibility, contextValue }) => [icon, label, description, accessibility, contextValue].join(' | ')),
    ['edit | data/** | writes | writes data/** | file', 'files | *.csv | reads | reads *.csv | file', 'lock | a.csv | writes · held by “Report” · in | writes a.csv in in, held by “Report” | file held'],
  );
});

void test('the page and the details of a task list its conflicts and its writes without a claim', () => {
  const view = sampleTask({ state: succeeded, run: { endedAt: NOW, undeclared: ['a', 'b', 'c', 'd', 'e'].map((name) => write(name, name === 'b')), conflicts: [conflict('a')] } });
  const page = taskTooltip(view, { now: NOW, stderrTail: '', locale: 'en-GB' });
  assert.match(page, /\| Conflict \| a, which “Report” held \|\n\| Wrote without a claim \| a; b \\\(guess\\\); c; and 2 more \|/);
  const details = taskDetails({ ...view, runs: [view.run!], upstream: [] }, NOW);
  assert.match(details, /\n {2}- wrote b \(guess\) without a claim\n/);
  assert.match(details, /\n {2}- conflict: a, which “Report” held\n/);
});
