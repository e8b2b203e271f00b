import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OncePerLock } from '../../../../src/host/editors/once-per-lock.ts';
import { BACKUP, SWEEP } from '../locks/file-use.ts';

test('a thing is new once for each file and lock, and again for the next lock of the same task', () => {
  const once = new OncePerLock();
  const said = [SWEEP, SWEEP, BACKUP, { ...SWEEP, since: SWEEP.since + 1 }].map((user) => once.isNew('/lab/a', user));
  assert.deepEqual([...said, once.isNew('/lab/b', BACKUP)], [true, false, true, true, true]);
});
