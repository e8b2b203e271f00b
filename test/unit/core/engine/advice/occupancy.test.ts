import assert from 'node:assert/strict';
import { test } from 'node:test';
import { occupancyOf } from '../../../../../src/core/engine/advice/occupancy.ts';
import { SeededRandom, seedFor } from '../../../../support/seeded-random.ts';
import { bar, points } from './sample-history.ts';

test('random runs are counted as counting each at each moment does', (t) => {
  const random = new SeededRandom(seedFor(t));
  const all = points(5);
  for (let round = 0; round < 100; round++) {
    const bars = Array.from({ length: random.between(0, 20) }, () => {
      const [from, start, end] = [random.between(-100_000, 400_000), random.between(0, 100_000), random.between(0, 100_000)];
      return { ...bar(from, from + start, from + start + end), ...(random.chance(0.1) && { endedAt: undefined }) };
    });
    const at = (index: number): number => all[index]!.at + 5000;
    const { running, waiting } = occupancyOf(bars, all);
    assert.deepEqual([...running], all.map((_, index) => bars.filter((one) => one.startedAt <= at(index) && at(index) < (one.endedAt ?? Infinity)).length));
    assert.deepEqual([...waiting], all.map((_, index) => bars.filter((one) => one.waitedFrom <= at(index) && at(index) < one.startedAt).length));
  }
});
