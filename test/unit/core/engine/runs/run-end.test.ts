import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf, signalOf, type RunEnd } from '../../../../../src/core/engine/runs/run-end.ts';
import type { Outcome } from '../../../../../src/core/model/outcome.ts';

const exited = (code: number): RunEnd => ({ type: 'exited', exit: { code, userMs: 1, systemMs: 1 } });

const ENDS: readonly (readonly [RunEnd, Outcome])[] = [
  [exited(0), { type: 'succeeded' }],
  [exited(1), { type: 'failed', reason: 'exit', code: 1 }],
  [exited(75), { type: 'failed', reason: 'exit', code: 75 }],
  [exited(127), { type: 'failed', reason: 'exit', code: 127 }],
  [exited(128), { type: 'failed', reason: 'exit', code: 128 }],
  [exited(255), { type: 'failed', reason: 'exit', code: 255 }],
  [exited(137), { type: 'failed', reason: 'signal', signal: 'SIGKILL' }],
  [exited(139), { type: 'failed', reason: 'signal', signal: 'SIGSEGV' }],
  [exited(143), { type: 'failed', reason: 'signal', signal: 'SIGTERM' }],
  [exited(129), { type: 'failed', reason: 'signal', signal: 'SIGHUP' }],
  [{ type: 'lost', message: 'gone' }, { type: 'lost', message: 'gone' }],
  [{ type: 'spawn-failed', message: 'full' }, { type: 'spawnFailed', message: 'full' }],
  [{ type: 'missing-program', program: 'blender', message: 'not found', skip: true }, { type: 'skipped', reason: 'missing-program', program: 'blender' }],
  [{ type: 'missing-program', program: 'blender', message: 'not found', skip: false }, { type: 'spawnFailed', message: 'not found' }],
];
for (const [end, outcome] of ENDS) test(`${JSON.stringify(end)} means ${JSON.stringify(outcome)}`, () => assert.deepEqual(outcomeOf(end), outcome));

test('only a status above 128 that names a signal is one', () => {
  assert.deepEqual([0, 9, 128, 137, 200, 255].map(signalOf), [undefined, undefined, undefined, 'SIGKILL', undefined, undefined]);
});
