import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Strategy } from '../../../../src/core/model/machine/strategy.ts';
import { nextGiveWay, NOBODY_GIVES_WAY, type GiveWay } from '../../../../src/core/strategy/next-give-way.ts';

const TIMES = { dwellMs: 5000, releaseMs: 15_000 };
const ALL = [2, 3, 5, 5, 7];

interface Case {
  readonly name: string;
  readonly before?: GiveWay;
  readonly strategy: Strategy;
  readonly priorities?: readonly number[];
  readonly at?: number;
  readonly from: number | undefined;
}

const CASES: readonly Case[] = [
  { name: 'while all is well nobody gives way', strategy: 'normal', from: undefined },
  { name: 'when it gets short the least urgent give way at once', strategy: 'conserve', from: 7 },
  { name: 'within the dwell time nobody else does', before: { from: 7, since: 0 }, strategy: 'conserve', at: 4999, from: 7 },
  { name: 'after it all of the next priority do', before: { from: 7, since: 0 }, strategy: 'conserve', at: 5000, from: 5 },
  { name: 'the most urgent with work never does for this', before: { from: 3, since: 0 }, strategy: 'conserve', at: 9e9, from: 3 },
  { name: 'one that comes before what gave way already waits for its turn', before: { from: 5, since: 0 }, strategy: 'conserve', priorities: [2, 4, 5], at: 4000, from: 5 },
  { name: 'and then gives way', before: { from: 5, since: 0 }, strategy: 'conserve', priorities: [2, 4, 5], at: 5000, from: 4 },
  { name: 'a role that is alone goes on', strategy: 'conserve', priorities: [7], from: undefined },
  { name: 'with no role at work there is nobody to give way', strategy: 'conserve', priorities: [], from: undefined },
  { name: 'when only such as gave way have work left, the most urgent of them goes on', before: { from: 5, since: 0 }, strategy: 'conserve', priorities: [5, 7], at: 1, from: 7 },
  { name: 'and all of them when they are of one priority', before: { from: 5, since: 0 }, strategy: 'conserve', priorities: [5], at: 1, from: undefined },
  { name: 'in critical all give way at once', before: { from: 7, since: 0 }, strategy: 'critical', at: 1, from: Number.NEGATIVE_INFINITY },
  { name: 'those without work too', strategy: 'critical', priorities: [], from: Number.NEGATIVE_INFINITY },
  { name: 'from critical to conserve the most urgent goes on', before: { from: Number.NEGATIVE_INFINITY, since: 0 }, strategy: 'conserve', at: 1, from: 3 },
  { name: 'when it is over the most urgent comes back after the release time', before: { from: 3, since: 0 }, strategy: 'normal', at: 14_999, from: 3 },
  { name: 'first', before: { from: 3, since: 0 }, strategy: 'normal', at: 15_000, from: 5 },
  { name: 'then the next', before: { from: 5, since: 0 }, strategy: 'normal', at: 15_000, from: 7 },
  { name: 'and the last', before: { from: 7, since: 0 }, strategy: 'normal', at: 15_000, from: undefined },
  { name: 'at once when none of those that gave way has work', before: { from: 7, since: 0 }, strategy: 'normal', priorities: [2], at: 1, from: undefined },
  { name: 'a clock that is set back holds up nobody', before: { from: 7, since: 9e9 }, strategy: 'normal', at: 0, from: undefined },
];

for (const { name, before = NOBODY_GIVES_WAY, strategy, priorities = ALL, at = 0, from } of CASES) {
  test(name, () => assert.deepEqual(nextGiveWay(before, strategy, priorities, at, TIMES), from === before.from ? before : { from, since: at }));
}
