import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LockBadges } from '../../../../src/views/files/lock-badges.ts';
import { BACKUP, OTHER_EDITOR, OWN_EDITOR, reading, SWEEP, use } from '../../host/locks/file-use.ts';

void test('files that a task or a program writes have a badge, by their own claims or by those of folders and globs', () => {
  const shown = new LockBadges<string>();
  shown.take([use('/lab/a', [SWEEP]), use('/lab/data', [reading(SWEEP), BACKUP], { glob: '*.csv' }), use('/lab/b', [reading(SWEEP)]), use('/lab/c', [OWN_EDITOR]), use('/lab/d', [OTHER_EDITOR])]);
  assert.deepEqual(['/lab/a', '/lab/data/x.csv', '/lab/data/x.txt', '/lab/b', '/lab/c', '/lab/d'].map((file) => shown.writerOf(file, file)), [SWEEP, BACKUP, undefined, undefined, undefined, undefined]);
});

void test('only the resources whose badge changed are told', () => {
  const shown = new LockBadges<string>();
  for (const file of ['/lab/a', '/lab/b', '/lab/data/x']) shown.writerOf(`uri ${file}`, file);
  assert.deepEqual(shown.take([use('/lab/a', [SWEEP]), use('/lab/elsewhere', [SWEEP])]), ['uri /lab/a']);
  assert.deepEqual(shown.take([use('/lab/a', [SWEEP], { waiters: [BACKUP] })]), []);
  assert.deepEqual(shown.take([use('/lab/a', [BACKUP]), use('/lab/data', [SWEEP])]), ['uri /lab/a', 'uri /lab/data/x']);
  assert.deepEqual(shown.take([]), ['uri /lab/a', 'uri /lab/data/x']);
});
