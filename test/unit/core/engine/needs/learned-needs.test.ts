import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnedNeeds, type PastRun } from '../../../../../src/core/engine/needs/learned-needs.ts';
import { SeededRandom, seedFor } from '../../../../support/seeded-random.ts';

const run = (given: Partial<PastRun> = {}): PastRun => ({ args: '[]', wallMs: 1000, cpuMs: 500, peakMemory: 100, ...given });
const peaks = (...figures: readonly (number | undefined)[]): PastRun[] => figures.map((peakMemory) => run({ peakMemory }));

const MEMORY: readonly (readonly [what: string, runs: readonly PastRun[], args: string, expected: readonly [value: number, runs: number] | undefined])[] = [
  ['nothing is learned from nothing', [], '[]', undefined],
  ['nothing is learned from two runs', peaks(100, 200), '[]', undefined],
  ['three runs tell their highest, and a twentieth more', peaks(100, 300, 200), '[]', [315, 3]],
  ['runs that were never looked at do not count', peaks(100, undefined, 200), '[]', undefined],
  ['of twenty runs the highest is left out', peaks(...Array.from({ length: 20 }, (_, index) => (index + 1) * 100)), '[]', [1995, 20]],
  ['arguments that matter have an estimate of their own', [...peaks(1000, 1000, 1000), ...[100, 110, 120].map((peakMemory) => run({ args: '["small"]', peakMemory }))], '["small"]', [126, 3]],
  ['arguments that do not matter have that of the script', [...peaks(100, 100, 100), ...[90, 90, 90].map((peakMemory) => run({ args: '["b"]', peakMemory }))], '["b"]', [105, 6]],
  ['two runs with the same arguments are too few to tell', [...peaks(1000, 1000, 1000), ...[100, 100].map((peakMemory) => run({ args: '["b"]', peakMemory }))], '["b"]', [1050, 5]],
  ['new arguments have that of the script', peaks(100, 100, 100), '["new"]', [105, 3]],
];

for (const [what, runs, args, expected] of MEMORY) {
  test(`memory: ${what}`, () => {
    const { memory } = learnedNeeds(runs, args);
    assert.deepEqual(memory && [memory.value, memory.runs], expected);
  });
}

const CPU: readonly (readonly [what: string, runs: readonly (readonly [cpuMs: number | undefined, wallMs: number, waitedMs?: number])[], expected: number | undefined])[] = [
  ['cores are CPU time over wall time', [[500, 1000], [1000, 1000], [3000, 2000]], 1.5],
  ['waiting for a core is wanting it', [[490, 1000, 375], [500, 1000], [100, 1000]], 0.8],
  ['short runs tell nothing of cores', [[500, 1000], [100, 299], [100, 299]], undefined],
  ['runs of unknown CPU time tell nothing', [[500, 1000], [undefined, 1000], [500, 1000]], undefined],
  ['what only waits takes a little all the same', [[1, 60_000], [1, 60_000], [1, 60_000]], 0.05],
];

for (const [what, runs, expected] of CPU) {
  test(`CPU: ${what}`, () => assert.equal(learnedNeeds(runs.map(([cpuMs, wallMs, waitedMs]) => run({ cpuMs, wallMs, waitedMs })), '[]').cpu?.value, expected));
}

/** The smallest figure that at least 95 % of all do not exceed, by trying each. */
function highest(figures: readonly number[]): number {
  return Math.min(...figures.filter((figure) => figures.filter((other) => other <= figure).length >= 0.95 * figures.length - 1e-9));
}

test('random pasts give what trying every figure gives', (t) => {
  const random = new SeededRandom(seedFor(t));
  for (let round = 0; round < 300; round++) {
    const past = Array.from({ length: random.between(0, 40) }, () =>
      run({ args: random.pick(['[]', '[1]', '[2]']), peakMemory: random.chance(0.1) ? undefined : random.between(1, random.pick([10, 1000])) * 1000 }),
    );
    const figures = (runs: readonly PastRun[]): number[] => runs.flatMap(({ peakMemory }) => peakMemory ?? []);
    const [all, same] = [figures(past), figures(past.filter(({ args }) => args === '[1]'))];
    const own = same.length >= 3 && Math.abs(highest(same) - highest(all)) > 0.25 * highest(all);
    const expected = all.length < 3 ? undefined : { value: Math.ceil(highest(own ? same : all) * 1.05), source: 'learned', runs: (own ? same : all).length };
    assert.deepEqual(learnedNeeds(past, '[1]').memory, expected);
  }
});
