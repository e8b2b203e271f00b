import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryWanted } from '../../../../../src/core/engine/needs/memory-wanted.ts';
import type { EstimateSource } from '../../../../../src/core/model/estimate.ts';
import type { Outcome } from '../../../../../src/core/model/outcome.ts';

const KILLED: Outcome = { type: 'failed', reason: 'signal', signal: 'SIGKILL' };
const overLimit = (used: number, limit = 100): Outcome => ({ type: 'failed', reason: 'memory-limit', limit, used });

const CASES: readonly (readonly [what: string, outcome: Outcome, reserved: number, peak: number | undefined, limit: number | undefined, expected: number | undefined, from?: EstimateSource])[] = [
  ['one that went over its limit asks for more than its peak', overLimit(120), 40, 120, 100, 150],
  ['what was seen last counts when no peak is known', overLimit(120), 40, undefined, 100, 150],
  ['one with much set aside does not ask for ever more than its limit allows', overLimit(120), 140, 120, 100, 150],
  ['one that had more set aside than its limit allows keeps it', overLimit(120), 400, 120, 100, 400],
  ['one that the system killed when it had grown asks for half as much again', KILLED, 100, 50, undefined, 150],
  ['one that was killed far above what was set aside asks for more than its peak', KILLED, 100, 200, undefined, 250],
  ['one that was killed while it was small died of something else', KILLED, 100, 49, undefined, undefined],
  ['a guess is high, so of one that had more than a sixteenth of it the same is believed', KILLED, 160, 10, undefined, 240, 'guess'],
  ['and not of one that had less', KILLED, 160, 9, undefined, undefined, 'guess'],
  ['one that was killed before it was looked at died of who knows what', KILLED, 0, undefined, undefined, undefined],
  ['another signal is no lack of memory', { type: 'failed', reason: 'signal', signal: 'SIGSEGV' }, 100, 200, undefined, undefined],
  ['an exit code is no lack of memory', { type: 'failed', reason: 'exit', code: 1 }, 100, 200, undefined, undefined],
  ['one that was called off asks for nothing', { type: 'cancelled' }, 100, 200, undefined, undefined],
  ['one that went well asks for nothing', { type: 'succeeded' }, 100, 200, undefined, undefined],
];

for (const [what, outcome, reservedMemory, peakMemory, memoryLimit, expected, memoryFrom = 'type'] of CASES) {
  test(what, () => assert.equal(memoryWanted(memoryLimit === undefined ? {} : { memoryLimit }, { reservedMemory, memoryFrom }, { outcome, peakMemory }), expected));
}
