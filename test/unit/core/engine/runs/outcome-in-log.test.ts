import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeInLog } from '../../../../../src/core/engine/runs/outcome-in-log.ts';
import { taskId } from '../../../../../src/core/model/ids.ts';

void test('the log tells an end in words, with each figure behind it', () => {
  assert.equal(outcomeInLog({ type: 'succeeded' }), 'succeeded');
  assert.equal(outcomeInLog({ type: 'failed', reason: 'exit', code: 2 }), 'failed (reason exit, code 2)');
  assert.equal(outcomeInLog({ type: 'timedOut', afterMs: 1500 }), 'timedOut (afterMs 1500)');
  assert.equal(outcomeInLog({ type: 'skipped', reason: 'upstream', task: taskId(5), name: 'mesh' }), 'skipped (reason upstream, task 5, name mesh)');
});
