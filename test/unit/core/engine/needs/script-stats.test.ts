import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scriptStats } from '../../../../../src/core/engine/needs/script-stats.ts';
import type { ScriptStats } from '../../../../../src/core/model/script-stats.ts';
import type { StoredScriptRun } from '../../../../../src/core/store/script-run-table.ts';

const run = (given: Partial<StoredScriptRun> = {}): StoredScriptRun => ({
  id: 1, workspace: '/lab', script: '/lab/a.py', path: '/lab/a.py', args: '[]', type: 'utility', startedAt: 0, wallMs: 1000, cpuMs: 500, peakMemory: 100, memoryLimit: undefined, asExpected: true, ...given,
});
const lasting = (...durations: readonly number[]): StoredScriptRun[] => durations.map((wallMs) => run({ wallMs }));
const of = (runs: readonly StoredScriptRun[]): ScriptStats => scriptStats(runs)[0]!;

test('without a past there are no scripts', () => assert.deepEqual(scriptStats([]), []));

test('a script has its figures, of good runs where a failure would end too early', () => {
  const runs = [run({ wallMs: 1000, startedAt: 10 }), run({ wallMs: 3000, cpuMs: 4500, peakMemory: 900, startedAt: 20 }), run({ wallMs: 50, cpuMs: undefined, peakMemory: undefined, asExpected: false, startedAt: 9000 }), run({ wallMs: 2000, startedAt: 30 })];
  assert.deepEqual(of(runs), { script: '/lab/a.py', runs: 4, success: 0.75, wallMedian: 2000, wallP95: 3000, peakMemory: 900, cores: 5500 / 6000, trend: undefined, lastAt: 9050 });
});

test('a script that never did well has figures of what there is', () => {
  assert.deepEqual(of([run({ asExpected: false, wallMs: 70, cpuMs: undefined, peakMemory: undefined })]), { script: '/lab/a.py', runs: 1, success: 0, wallMedian: 70, wallP95: 70, peakMemory: 0, cores: 0, trend: undefined, lastAt: 70 });
});

test('the script that ran last comes first', () => {
  assert.deepEqual(scriptStats([run({ startedAt: 1 }), run({ script: 'b', path: '/lab/b.py', startedAt: 5 }), run({ startedAt: 2 })]).map(({ script, runs }) => [script, runs]), [['/lab/b.py', 1], ['/lab/a.py', 2]]);
});

const TRENDS: readonly (readonly [what: string, durations: readonly number[], expected: number | undefined])[] = [
  ['seven runs tell no trend', [1, 1, 1, 1, 1, 9, 9], undefined],
  ['the latest quarter of eight stands against the six before', [100, 100, 100, 100, 100, 100, 150, 150], 1.5],
  ['the latest are no part of what they stand against', [100, 100, 100, 200, 200, 200, 300, 300], 3],
  ['what stays the same has a trend of one', Array.from({ length: 20 }, () => 70), 1],
  ['one slow run among many is no trend', [...Array.from({ length: 15 }, () => 100), 900], 1],
  ['what took no time at all tells no trend', Array.from({ length: 8 }, () => 0), undefined],
];

for (const [what, durations, expected] of TRENDS) test(what, () => assert.equal(of(lasting(...durations)).trend, expected));
