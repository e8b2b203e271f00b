import assert from 'node:assert/strict';
import test from 'node:test';
import { taskId } from '../../../src/core/model/ids.ts';
import type { Outcome } from '../../../src/core/model/outcome.ts';
import { describeExpectation, describeOutcome } from '../../../src/core/present/tasks/describe-outcome.ts';

const OUTCOMES: readonly (readonly [Outcome, string])[] = [
  [{ type: 'succeeded' }, 'succeeded'],
  [{ type: 'failed', reason: 'exit', code: 2 }, 'failed (exit 2)'],
  [{ type: 'failed', reason: 'signal', signal: 'SIGKILL' }, 'failed (SIGKILL)'],
  [{ type: 'failed', reason: 'signal', signal: 'SIGKILL', grownTo: 880e6 }, 'failed (SIGKILL at 880 MB, perhaps for lack of memory)'],
  [{ type: 'failed', reason: 'memory-limit', limit: 512e6, used: 610e6 }, 'failed (used 610 MB, its limit is 512 MB)'],
  [{ type: 'failed', reason: 'never-fits', resource: 'memory', needs: 64e9, has: 16e9 }, 'failed (needs 64 GB of memory, this machine has 16 GB)'],
  [{ type: 'failed', reason: 'never-fits', resource: 'cpu', needs: 64, has: 2 }, 'failed (needs 64 cores, this machine has 2 cores)'],
  [{ type: 'cancelled' }, 'cancelled'],
  [{ type: 'timedOut', afterMs: 90_000 }, 'timed out after 1 min 30 s'],
  [{ type: 'skipped', reason: 'upstream', task: taskId(3), name: 'Mesh' }, 'skipped (“Mesh” did not succeed)'],
  [{ type: 'skipped', reason: 'missing-program', program: 'Blender' }, 'skipped (Blender is not installed)'],
  [{ type: 'spawnFailed', message: 'there is no program `nope`' }, 'could not start: there is no program `nope`'],
  [{ type: 'lost', message: 'its process ended unseen' }, 'lost: its process ended unseen'],
];

for (const [outcome, words] of OUTCOMES) {
  test(`an outcome reads “${words}”`, () => assert.equal(describeOutcome(outcome), words));
}

test('an expectation reads as a noun', () => {
  assert.deepEqual(
    [{ type: 'succeeded' } as const, { type: 'failed' } as const, { type: 'exit', code: 3 } as const].map(describeExpectation),
    ['success', 'failure', 'exit 3'],
  );
});
