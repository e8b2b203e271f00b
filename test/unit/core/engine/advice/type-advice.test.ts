import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recommendations } from '../../../../../src/core/engine/advice/recommendations.ts';
import type { History } from '../../../../../src/core/engine/advice/history.ts';
import type { RunBar } from '../../../../../src/core/model/run-bar.ts';
import type { StoredScriptRun } from '../../../../../src/core/store/script-run-table.ts';
import { bar, history, MB, MINUTE, points, scriptRun, SECOND } from './sample-history.ts';

/** Two at a time, or so many, five minutes each, over two hours; each waited for its place. */
const twoAtATime = (count: number, waitedMs = 5 * MINUTE, type = 'simulation', atATime = 2): RunBar[] =>
  Array.from({ length: count }, (_, index) => {
    const start = Math.floor(index / atATime) * 5 * MINUTE;
    return bar(Math.max(0, start - waitedMs), start, start + 5 * MINUTE, type);
  });

/** Pairs of runs beside each other, and single ones, in turns. */
const besides = (count: number, aloneMs: number, besideMs: number): StoredScriptRun[] =>
  Array.from({ length: count }, (_, index) => {
    const round = Math.floor(index / 3) * 100 * SECOND;
    return index % 3 === 0 ? scriptRun({ startedAt: round, wallMs: aloneMs, cpuMs: aloneMs }) : scriptRun({ startedAt: round + 50 * SECOND, wallMs: besideMs, cpuMs: aloneMs });
  });

const many = (count: number, given: (index: number) => Partial<StoredScriptRun>): StoredScriptRun[] => Array.from({ length: count }, (_, index) => scriptRun(given(index)));

/** The limits with another one of `simulation`. */
const limitOf = (limit: number): History['limits'] => {
  const { limits } = history();
  return { ...limits, types: limits.types.map((type) => (type.name === 'simulation' ? { ...type, limit } : type)) };
};

const CASES: readonly (readonly [what: string, given: Partial<History>, ids: readonly string[]])[] = [
  ['nothing has happened', {}, []],
  ['tasks waited for a place while the machine had room', { bars: twoAtATime(48), points: points(120) }, ['raise-limit simulation 3']],
  ['nobody waited', { bars: twoAtATime(48, 0), points: points(120) }, []],
  ['tasks waited for less than a fifth of the time', { bars: twoAtATime(48, 50 * SECOND), points: points(120) }, []],
  ['CPU was busy', { bars: twoAtATime(48), points: points(120, 0.61) }, []],
  ['memory was filled', { bars: twoAtATime(48), points: points(120, 0.3, 0.71) }, []],
  ['there were too few runs', { bars: twoAtATime(19), points: points(120) }, []],
  ['they took less than an hour', { bars: twoAtATime(48).map((one) => ({ ...one, waitedFrom: one.waitedFrom / 3, startedAt: one.startedAt / 3, endedAt: one.endedAt! / 3 })), points: points(120) }, []],
  ['all places of all types were taken', { bars: twoAtATime(48), points: points(120), limits: { ...history().limits, total: 2 } }, []],
  ['two of the type must never run together', { bars: twoAtATime(24, 5 * MINUTE, 'simulation', 1), points: points(120), limits: limitOf(1) }, []],
  ['more places than there are in all would not help', { bars: twoAtATime(192, 5 * MINUTE, 'simulation', 8), points: points(120), limits: { ...limitOf(8), total: 9 } }, ['raise-limit simulation 9']],
  ['another type had places', { bars: twoAtATime(48, 5 * MINUTE, 'analysis'), points: points(120) }, []],

  ['runs beside each other took longer', { allRuns: besides(30, 10 * SECOND, 15 * SECOND) }, ['lower-limit simulation 1']],
  ['runs beside each other took a little longer', { allRuns: besides(30, 10 * SECOND, 13 * SECOND) }, []],
  ['too few of them could be compared', { allRuns: besides(18, 10 * SECOND, 15 * SECOND) }, []],
  ['longer runs are those of other arguments', { allRuns: besides(30, 10 * SECOND, 15 * SECOND).map((run) => ({ ...run, args: String(run.wallMs) })) }, []],
  ['memory was full while several ran', { bars: twoAtATime(48, 0), points: points(120, 0.9, 0.9), allRuns: many(3, () => ({})) }, ['lower-limit simulation 1']],
  ['memory was full though it was another type that took it', { bars: [...twoAtATime(48, 0), ...twoAtATime(10, 0, 'analysis')], points: points(25, 0.9, 0.9), allRuns: [scriptRun(), scriptRun({ type: 'analysis', peakMemory: 900 * MB })] }, []],
  ['tasks waited, but are in each other’s way', { bars: twoAtATime(48), points: points(120), allRuns: besides(30, 10 * SECOND, 15 * SECOND) }, ['lower-limit simulation 1']],

  ['runs took far more memory than their type says', { allRuns: many(20, () => ({ peakMemory: 600 * MB })) }, [`correct-estimate simulation ${660 * MB}`]],
  ['runs took far less memory than their type says', { allRuns: many(20, () => ({ peakMemory: 100 * MB })) }, [`correct-estimate simulation ${110 * MB}`]],
  ['runs took about as much memory as their type says', { allRuns: many(20, (index) => ({ peakMemory: (130 + index * 19) * MB })) }, []],
  ['a single run took far more', { allRuns: many(40, (index) => ({ peakMemory: (index === 7 ? 4000 : 250) * MB })) }, []],
  ['too few runs took far more', { allRuns: many(19, () => ({ peakMemory: 900 * MB })) }, []],
  ['runs kept more cores busy than their type says', { allRuns: many(20, () => ({ cpuMs: 2500 })) }, ['correct-estimate simulation 2.5']],
  ['runs were too short to tell what they kept busy', { allRuns: many(20, () => ({ wallMs: 200, cpuMs: 900 })) }, []],
];

for (const [what, given, ids] of CASES) {
  test(`${ids.length === 0 ? 'no advice' : 'advice'} when ${what}`, () => assert.deepEqual(recommendations(history(given)).map(({ id }) => id), ids));
}

test('advice has its evidence in figures, and the setting that follows it', () => {
  const [advice] = recommendations(history({ bars: twoAtATime(48), points: points(120) }));
  assert.equal(advice?.title, 'Let 3 `simulation` tasks run at once');
  assert.match(advice.evidence, /^In 9\d % of the 120 min in which `simulation` tasks ran during the last day, others waited for one of its 2 places, though CPU was at 30 % and memory at 40 % on average \(48 runs\)\.$/);
  const analysis = { limit: 3, cpu: 0.5, memory: '128 MB' };
  assert.deepEqual(advice.change, {
    type: 'setting',
    key: 'types',
    value: { simulation: { limit: 3, cpu: 1, memory: '256 MB' }, analysis },
    now: { simulation: { limit: 2, cpu: 1, memory: '256 MB' }, analysis },
  });
});
