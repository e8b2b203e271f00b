import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guarded } from '../../../../src/core/engine/guarded.ts';
import { RecordingLog } from '../../../support/recording-log.ts';
import { settled } from '../../views/manual-clock.ts';

const BUSY = Object.assign(new Error('database is locked'), { errcode: 5 });
const NO_FILES = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE', syscall: 'open' });

function setting() {
  const log = new RecordingLog();
  let trouble: Error | undefined;
  let again = 0;
  const fail = (): void => {
    if (trouble !== undefined) throw trouble;
  };
  const failing = (error: Error | undefined): void => void (trouble = error);
  const onAgain = (): void => void again++;
  return { log, failing, tries: () => again, now: guarded(log, 'It failed', fail, onAgain), later: guarded(log, 'It failed', () => Promise.resolve().then(fail), onAgain) };
}

for (const way of ['now', 'later'] as const) {
  test(`what passes is told of once until it has passed, and tried again each time: ${way}`, async () => {
    const guard = setting();
    for (const error of [BUSY, NO_FILES, BUSY, undefined, NO_FILES, undefined]) {
      guard.failing(error);
      guard[way]();
      await settled();
    }
    assert.deepEqual([guard.log.lines, guard.tries()], [[
      'error It failed: database is locked; trying again',
      'error It failed: EMFILE: too many open files; trying again',
    ], 4]);
  });
}

test('a fault of the program is logged with its stack, and goes on to whoever watches the thread', () => {
  const guard = setting();
  const bug = new TypeError('task is undefined');
  guard.failing(bug);
  assert.throws(guard.now, bug);
  assert.deepEqual([guard.log.lines, guard.tries()], [[`error It failed: ${bug.stack}`], 0]);
});
