import assert from 'node:assert/strict';
import { test } from 'node:test';
import { taskId } from '../../../../src/core/model/ids.ts';
import type { Claim } from '../../../../src/core/model/files/claim.ts';
import { inTheWay } from '../../../../src/views/files/in-the-way.ts';
import { BACKUP, OTHER_EDITOR, reading, SWEEP, use } from '../../host/locks/file-use.ts';
import { queued, running, sampleTask } from '../../present/sample-task.ts';

const uses = [use('/lab/data', [reading(SWEEP)], { glob: '*.csv' }), use('/lab/data/a.csv', [BACKUP]), use('/lab/data/a.csv.bak', [BACKUP]), use('/lab/b', [OTHER_EDITOR])];
const names = (claim: Claim, state: Parameters<typeof sampleTask>[0] = { state: queued }): readonly string[] =>
  inTheWay(sampleTask(state).task, claim, uses).map(({ holder }) => (holder.type === 'editor' ? 'editor' : holder.name));

void test('in the way of a claim is who holds the file, or a folder or glob that covers it, in a mode that does not fit', () => {
  assert.deepEqual(
    [names({ path: '/lab/data/a.csv', mode: 'write' }), names({ path: '/lab/data/b.csv', mode: 'write' }), names({ path: '/lab/data/b.csv', mode: 'read' }), names({ path: '/lab', mode: 'write' }), names({ path: '/lab', glob: 'data/*.bak', mode: 'read' })],
    [['Sweep 3', 'rsync -a lab'], ['Sweep 3'], [], ['Sweep 3', 'rsync -a lab', 'editor'], ['rsync -a lab']],
  );
});

void test('unsaved changes are in the way of writers only', () => {
  assert.deepEqual([names({ path: '/lab/b', mode: 'write' }), names({ path: '/lab/b', mode: 'read' })], [['editor'], []]);
});

void test('nothing is in the way of a task that runs, nor its own locks in its own', () => {
  assert.deepEqual([names({ path: '/lab/data/a.csv', mode: 'write' }, { state: running }), names({ path: '/lab/data/b.csv', mode: 'write' }, { id: SWEEP.holder.type === 'task' ? SWEEP.holder.id : taskId(0) })], [[], []]);
});
