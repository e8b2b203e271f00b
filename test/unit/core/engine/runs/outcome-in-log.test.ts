import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeInLog } from '../../../../../src/core/engine/runs/outcome-in-log.ts';
import { taskId } from '../../../../../src/core/model/ids.ts';

void test('the log tells an end in words, with each figure behind it', () => {
  assert.equal(outcomeInLog({ type: 'succeeded' }), 'succeeded');
  assert.equal(outcomeInLog({ type: 'failed', reason: 'exit', code: 2 }), 'failed (exit 2)');
  assert.equal(outcomeInLog({ type: 'failed', reason: 'signal', signal: 'SIGKILL' }), 'failed (SIGKILL)');
  assert.equal(outcomeInLog({ type: 'failed', reason: 'signal', signal: 'SIGKILL', grownTo: 880_000_123 }), 'failed (SIGKILL, grown to 880000123)');
  assert.equal(outcomeInLog({ type: 'failed', reason: 'memory-limit', limit: 1000, used: 2001 }), 'failed (memory-limit, limit 1000, used 2001)');
  assert.equal(outcomeInLog({ type: 'spawnFailed', message: 'there is no sh' }), 'could not start: there is no sh');
  assert.equal(outcomeInLog({ type: 'timedOut', afterMs: 1500 }), 'timed out after 1500 ms');
  assert.equal(outcomeInLog({ type: 'skipped', reason: 'upstream', task: taskId(5), name: 'mesh' }), 'skipped (upstream, task 5, name mesh)');
});
