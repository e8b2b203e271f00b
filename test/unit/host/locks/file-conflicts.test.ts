import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskId } from '../../../../src/core/model/ids.ts';
import type { FileConflict } from '../../../../src/core/model/files/run-files.ts';
import { FileConflicts } from '../../../../src/host/locks/file-conflicts.ts';
import { NOW, sampleTask } from '../../present/sample-task.ts';

const WRITER = { id: 1, name: 'Sweep' };
const HOLDER = { id: 2, name: 'Report' };

function conflict(other: typeof WRITER, held: boolean, given: Partial<FileConflict> = {}): FileConflict {
  return { path: '/lab/data.json', at: NOW, guess: false, task: taskId(other.id), name: other.name, held, ...given };
}

function run({ id, name }: typeof WRITER, ...conflicts: FileConflict[]) {
  return sampleTask({ id, spec: { name }, run: { conflicts } });
}

const told = (conflicts: FileConflicts, ...views: Parameters<FileConflicts['fresh']>[0][]): string[] =>
  views.flatMap((view) => conflicts.fresh(view)).map(({ writer, path, holder }) => `${writer.name} ${path} ${holder.name}`);

test('a conflict is told once for its pair and file, whichever record it is read from first', () => {
  const sides = [run(WRITER, conflict(HOLDER, false)), run(HOLDER, conflict(WRITER, true))];
  assert.deepEqual(told(new FileConflicts(NOW), ...sides, ...sides), ['Sweep /lab/data.json Report']);
  assert.deepEqual(told(new FileConflicts(NOW), ...sides.reverse()), ['Sweep /lab/data.json Report']);
});

test('another file, another task and the other way round are told as well', () => {
  const view = run(WRITER, conflict(HOLDER, false), conflict(HOLDER, false, { path: '/lab/b' }), conflict({ id: 3, name: 'Plot' }, false), conflict(HOLDER, true));
  assert.deepEqual(told(new FileConflicts(NOW), view), ['Sweep /lab/data.json Report', 'Sweep /lab/b Report', 'Sweep /lab/data.json Plot', 'Report /lab/data.json Sweep']);
});

test('what happened before the window was opened is no news', () => {
  assert.deepEqual(told(new FileConflicts(NOW), run(WRITER, conflict(HOLDER, false, { at: NOW - 1 })), sampleTask()), []);
});
