import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conflicts } from '../../../../src/core/model/files/claim.ts';
import { taskId } from '../../../../src/core/model/ids.ts';
import { DEFAULT_LIMITS, typeNamed } from '../../../../src/core/model/limits.ts';
import { isAsExpected, isRetryable, type Expectation, type Outcome } from '../../../../src/core/model/outcome.ts';
import { parsePriority } from '../../../../src/core/model/priority.ts';
import { retryAt } from '../../../../src/core/model/retry.ts';
import { sampleSpec } from '../../../support/sample-spec.ts';

const exit = (code: number): Outcome => ({ type: 'failed', reason: 'exit', code });

const OUTCOMES: readonly (readonly [Outcome, asExpected: readonly (keyof typeof EXPECTATIONS)[], retryable: boolean])[] = [
  [{ type: 'succeeded' }, ['succeeded', 'exit 0'], false],
  [exit(3), ['failed', 'exit 3'], true],
  [exit(4), ['failed'], true],
  [{ type: 'failed', reason: 'signal', signal: 'SIGSEGV' }, ['failed'], true],
  [{ type: 'failed', reason: 'memory-limit', limit: 1, used: 2 }, ['failed'], true],
  [{ type: 'failed', reason: 'never-fits', resource: 'memory', needs: 2, has: 1 }, [], false],
  [{ type: 'cancelled' }, [], false],
  [{ type: 'timedOut', afterMs: 1 }, [], true],
  [{ type: 'skipped', reason: 'upstream', task: taskId(1), name: 'a' }, [], false],
  [{ type: 'skipped', reason: 'missing-program', program: 'blender' }, ['succeeded', 'failed', 'exit 0', 'exit 3'], false],
  [{ type: 'spawnFailed', message: 'm' }, [], false],
  [{ type: 'lost', message: 'm' }, [], true],
];

const EXPECTATIONS = {
  succeeded: { type: 'succeeded' },
  failed: { type: 'failed' },
  'exit 0': { type: 'exit', code: 0 },
  'exit 3': { type: 'exit', code: 3 },
} as const satisfies Record<string, Expectation>;

for (const [outcome, expected, retryable] of OUTCOMES) {
  const name = JSON.stringify(outcome);
  test(`${name} is what a spec expected only where it should be`, () => {
    const meets = Object.entries(EXPECTATIONS).filter(([, expectation]) => isAsExpected(outcome, expectation));
    assert.deepEqual(meets.map(([key]) => key), expected);
  });
  test(`${name} is ${retryable ? '' : 'not '}tried again`, () => assert.equal(isRetryable(outcome), retryable));
}

test('retries wait twice as long each time, an hour at most, and end when they are used up', () => {
  const spec = sampleSpec({ retries: 20, backoffMs: 1000 });
  const delays = [1, 2, 3, 4, 12, 13, 20].map((tries) => retryAt(spec, tries, exit(1), 5000)! - 5000);
  assert.deepEqual(delays, [1000, 2000, 4000, 8000, 2_048_000, 3_600_000, 3_600_000]);
  assert.equal(retryAt(spec, 21, exit(1), 5000), undefined);
});

test('a task without retries and an outcome that none would mend are not tried again', () => {
  assert.equal(retryAt(sampleSpec(), 1, exit(1), 0), undefined);
  assert.equal(retryAt(sampleSpec({ retries: 3 }), 1, { type: 'cancelled' }, 0), undefined);
  assert.equal(retryAt(sampleSpec({ retries: 3, backoffMs: 0 }), 1, exit(1), 7), 7);
});

test('only two readers share a file', () => {
  const modes = ['read', 'write'] as const;
  assert.deepEqual(modes.map((a) => modes.map((b) => conflicts(a, b))), [[false, true], [true, true]]);
});

const PRIORITIES: readonly (readonly [number | string, number | undefined])[] = [
  [3, 3], [-2.5, -2.5], ['high', 1], ['normal', 5], [' LOW ', 9], ['7', 7], ['0', 0],
  ['urgent', undefined], ['', undefined], [' ', undefined], [Number.NaN, undefined], [Number.POSITIVE_INFINITY, undefined], ['Infinity', undefined],
  ['constructor', undefined], ['toString', undefined],
];

for (const [written, priority] of PRIORITIES) {
  test(`the priority ${JSON.stringify(written)} is ${priority === undefined ? 'refused' : String(priority)}`, () => assert.equal(parsePriority(written), priority));
}

test('a type that nobody here knows runs one at a time', () => {
  assert.deepEqual(typeNamed(DEFAULT_LIMITS, 'theirs'), { name: 'theirs', limit: 1, cpu: 1, memory: 256e6 });
});

test('the built-in types run 1, 2, 3 and 5 at once', () => {
  assert.deepEqual(DEFAULT_LIMITS.types.map(({ name, limit }) => `${name} ${limit}`), ['blender_task 1', 'simulation 2', 'analysis 3', 'utility 5']);
});
