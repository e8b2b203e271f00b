import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskId } from '../../../src/core/model/ids.ts';
import { presentTask } from '../../../src/core/present/tasks/present-task.ts';
import { failed, NOW, queued, RUN, running, sampleTask, succeeded, type Sample } from './sample-task.ts';

const rows: readonly (readonly [name: string, sample: Sample, row: string])[] = [
  [
    'a running task shows its type, clock, cores and memory',
    { state: running, run: { cores: 1.31, memory: 610e6 } },
    'play-circle charts.blue | 0:42 · 1.3 cores · 610 MB · simulation | Sweep 3, running, simulation | task cancelable hasTerminal hasLog hasScript',
  ],
  ['a running task that has not been measured shows no figures', { state: running, run: {} }, 'play-circle charts.blue | 0:42 · simulation | Sweep 3, running, simulation | task cancelable hasTerminal hasLog hasScript'],
  ['a second attempt says so', { state: running, run: {}, attempts: 2 }, 'play-circle charts.blue | 0:42 · simulation · attempt 2 | Sweep 3, running, simulation | task cancelable hasTerminal hasLog hasScript'],
  ['a starting task spins', { state: { status: 'starting', run: RUN, claimedAt: NOW } }, 'loading~spin - | starting · simulation | Sweep 3, starting, simulation | task cancelable hasTerminal hasScript'],
  [
    'a task that is being cancelled cannot be cancelled again',
    { state: { status: 'stopping', run: RUN, startedAt: NOW - 3000, cause: { type: 'cancel' } }, run: {} },
    'loading~spin - | stopping · 0:03 | Sweep 3, stopping | task hasTerminal hasLog hasScript',
  ],
  [
    'a task that is stopped for its time can still be cancelled',
    { state: { status: 'stopping', run: RUN, startedAt: NOW - 90_000, cause: { type: 'timeout', afterMs: 90_000 } }, run: {} },
    'loading~spin - | stopping, timed out · 1:30 | Sweep 3, stopping, timed out | task cancelable hasTerminal hasLog hasScript',
  ],
  [
    'a waiting task says what for',
    { wait: { type: 'lock', path: '/home/ada/lab/data.json', mode: 'write', holder: { type: 'task', id: taskId(3), name: 'Sweep 1' }, waiting: false, since: NOW } },
    'lock - | for data.json, held by “Sweep 1” | Sweep 3, waits for data.json, held by “Sweep 1” | task cancelable holdable hasScript',
  ],
  [
    'a task that waits for unsaved changes offers what to do about them',
    { wait: { type: 'editor', path: '/home/ada/lab/data.json', since: NOW } },
    'edit - | for data.json, which has unsaved changes in an editor | Sweep 3, waits for data.json, which has unsaved changes in an editor | task cancelable holdable hasScript editorBlocked',
  ],
  [
    'types are named without marks that a row would show as they are',
    { wait: { type: 'typeLimit', taskType: 'simulation', limit: 2, running: 2 } },
    'circle-large-outline - | for a place: 2 of 2 simulation running | Sweep 3, waits for a place: 2 of 2 simulation running | task cancelable holdable hasScript',
  ],
  ['a held task can be released', { state: { ...queued, held: true }, wait: { type: 'next' } }, 'debug-pause - | held until it is released | Sweep 3, held until it is released | task cancelable releasable hasScript'],
  [
    'a task that waits for its next attempt counts down and has the log of the last one',
    { wait: { type: 'schedule', until: NOW + 4200 }, attempts: 1, run: {} },
    'calendar - | tries again in 0:05 · attempt 2 | Sweep 3, scheduled | task cancelable holdable hasLog hasScript',
  ],
  ['a task that can never fit is a warning', { wait: { type: 'resources', resource: 'memory', needs: 64e9, free: 16e9, fits: false } }, 'warning list.warningForeground | needs more memory than this machine has: 64 GB, at most 16 GB | Sweep 3, needs more memory than this machine has: 64 GB, at most 16 GB | task cancelable holdable hasScript'],
  ['a success shows how long it took, not what its icon says', { state: succeeded, run: { endedAt: NOW } }, 'pass testing.iconPassed | 0:42 · 3 min ago | Sweep 3, succeeded | task retryable hasLog hasScript'],
  ['a failure shows its exit code', { state: failed, run: { endedAt: NOW - 40_800 } }, 'error testing.iconFailed | failed (exit 2) · 1.2 s · 3 min ago | Sweep 3, failed (exit 2) | task retryable hasLog hasScript'],
  ['a failure that was expected is none', { state: failed, run: { endedAt: NOW }, spec: { expect: { type: 'failed' } } }, 'pass testing.iconPassed | failed (exit 2), as expected · 0:42 · 3 min ago | Sweep 3, failed (exit 2), as expected | task retryable hasLog hasScript'],
  ['a success that should have failed is one', { state: succeeded, run: { endedAt: NOW }, spec: { expect: { type: 'exit', code: 3 } } }, 'error testing.iconFailed | succeeded, expected exit 3 · 0:42 · 3 min ago | Sweep 3, succeeded, expected exit 3 | task retryable hasLog hasScript'],
  [
    'a task cancelled before it ran has neither time nor log',
    { state: { status: 'finished', outcome: { type: 'cancelled' }, finishedAt: NOW - 1000 }, attempts: 0, spec: { work: { kind: 'command', argv: ['make'] } } },
    'circle-slash testing.iconSkipped | cancelled · just now | Sweep 3, cancelled | task retryable',
  ],
  ['a lost task is a question', { state: { status: 'finished', outcome: { type: 'lost', message: 'its result is gone' }, finishedAt: NOW }, run: {} }, 'question list.warningForeground | lost: its result is gone · 0:42 · just now | Sweep 3, lost: its result is gone | task retryable hasLog hasScript'],
];

for (const [name, sample, row] of rows) {
  void test(name, () => {
    const face = presentTask(sampleTask(sample), NOW);
    assert.equal(`${face.icon} ${face.iconColor ?? '-'} | ${face.description} | ${face.accessibility} | ${face.contextValue}`, row);
  });
}

void test('a long name keeps its beginning and its end, a broken one stays on its line', () => {
  const label = (name: string): string => presentTask(sampleTask({ spec: { name } }), NOW).label;
  assert.equal(label(`sweep ${'x'.repeat(200)} seed=17.py`), `sweep ${'x'.repeat(13)}…x seed=17.py`);
  assert.equal(label('one\ntwo\u0007three'), 'one two three');
});

void test('what a screen reader says does not change by the second', () => {
  const waiting = sampleTask({ wait: { type: 'lock', path: '/a', mode: 'read', holder: { type: 'task', id: taskId(1), name: 'B' }, waiting: false, since: NOW - 5000 } });
  const going = sampleTask({ state: running, run: {} });
  for (const view of [waiting, going]) {
    const [before, after] = [presentTask(view, NOW), presentTask(view, NOW + 7000)];
    assert.notEqual(before.description, after.description);
    assert.equal(before.accessibility, after.accessibility);
  }
});
