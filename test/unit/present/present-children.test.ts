import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presentClaim } from '../../../src/core/present/tasks/present-claim.ts';
import { presentDependency } from '../../../src/core/present/tasks/present-dependency.ts';
import { presentRun } from '../../../src/core/present/tasks/present-run.ts';
import { failed, NOW, sampleRun, sampleTask } from './sample-task.ts';

void test('a run shows its outcome, span, CPU time and peak', () => {
  const { task } = sampleTask();
  const over = sampleRun({ attempt: 2, endedAt: NOW, userMs: 39_000, systemMs: 2100, peakMemory: 610e6, outcome: { type: 'failed', reason: 'signal', signal: 'SIGSEGV' } });
  assert.deepEqual(presentRun(over, task, NOW), {
    label: 'Run 2',
    description: 'failed (SIGSEGV) · 0:42 · 41 s CPU · peak 610 MB',
    icon: 'error',
    iconColor: 'testing.iconFailed',
    accessibility: 'Run 2, failed (SIGSEGV)',
    contextValue: 'run hasLog',
  });
  assert.equal(presentRun(sampleRun(), task, NOW).description, '0:42');
  assert.equal(presentRun(sampleRun({ startedAt: undefined }), task, NOW).description, 'starting');
});

void test('a dependency looks like its task, and menus take it for none', () => {
  const face = presentDependency(sampleTask({ state: failed, run: { endedAt: NOW } }), NOW);
  assert.deepEqual(
    [face.label, face.icon, face.accessibility, face.contextValue],
    ['after Sweep 3', 'error', 'after Sweep 3, failed (exit 2)', 'dependency hasLog hasScript'],
  );
});

void test('a claimed file shows its use and where it is', () => {
  const description = (file: string, mode: 'read' | 'write'): string => presentClaim({ path: file, mode }, '/home/ada/lab').description;
  assert.deepEqual(
    [description('/home/ada/lab/data.json', 'write'), description('/home/ada/lab/in/a.csv', 'read'), description('/tmp/x', 'read')],
    ['writes', 'reads · in', 'reads · /tmp'],
  );
});
