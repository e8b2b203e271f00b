import assert from 'node:assert/strict';
import { test } from 'node:test';
import { grainFor, GRAINS } from '../../../../src/core/machine/grains.ts';
import { gatherTallies, tallyOf, type MachineTally } from '../../../../src/core/machine/machine-tally.ts';
import type { MachinePoint } from '../../../../src/core/model/machine/machine-point.ts';
import type { MachineSample } from '../../../../src/core/model/machine/machine-sample.ts';
import type { Strategy } from '../../../../src/core/model/machine/strategy.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { sampleMachine } from '../../../support/sample-machine.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';

const DAY = 86_400_000;
const NOW = Date.UTC(2030, 0, 31, 12);
const EVER = { from: 0, to: NOW * 2 };

interface Seen {
  readonly sample: MachineSample;
  readonly strategy: Strategy;
}

const talliesOf = ({ sample, strategy }: Seen): MachineTally[] => GRAINS.map(({ lasts }) => tallyOf(sample, strategy, lasts));

/** A point from all samples of its while at once. */
function bruteForce(seen: readonly Seen[], lasts: number): MachinePoint[] {
  const begins = [...new Set(seen.map(({ sample }) => sample.at - (sample.at % lasts)))].sort((a, b) => a - b);
  return begins.map((at) => {
    const inside = seen.filter(({ sample }) => sample.at >= at && sample.at < at + lasts);
    const mean = (figure: (sample: MachineSample) => number): number => inside.reduce((sum, { sample }) => sum + figure(sample), 0) / inside.length;
    const peak = (figure: (sample: MachineSample) => number): number => Math.max(...inside.map(({ sample }) => figure(sample)));
    const strategy = (['critical', 'conserve', 'normal'] as const).find((wanted) => inside.some((one) => one.strategy === wanted))!;
    return {
      at, lasts, cpu: mean(({ cpu }) => cpu), cpuPeak: peak(({ cpu }) => cpu), memory: mean(({ memory }) => memory), memoryPeak: peak(({ memory }) => memory),
      disk: mean(({ disk }) => 1 - disk!.free / disk!.total), diskRead: mean(({ diskRead }) => diskRead), diskWrite: mean(({ diskWrite }) => diskWrite),
      networkIn: mean(({ networkIn }) => networkIn), networkOut: mean(({ networkOut }) => networkOut), load: mean(({ load }) => load),
      pressure: { cpu: mean(({ pressure }) => pressure!.cpu), memory: mean(({ pressure }) => pressure!.memory), io: mean(({ pressure }) => pressure!.io) }, strategy,
    };
  });
}

/** The same but for the last digits: sums of binary fractions depend on their order. */
function assertAlike(found: unknown, expected: unknown, place: string): void {
  if (typeof found === 'number' && typeof expected === 'number') assert.ok(Math.abs(found - expected) <= 1e-9 * Math.max(1, Math.abs(expected)), `${place} is ${found}, not ${expected}`);
  else if (typeof found !== 'object' || typeof expected !== 'object') assert.equal(found, expected, place);
  else {
    assert.deepEqual(Object.keys(found!).sort(), Object.keys(expected!).sort(), place);
    for (const [key, value] of Object.entries(expected!)) assertAlike((found as Record<string, unknown>)[key], value, `${place} ${key}`);
  }
}

function bytesOf({ database }: MemoryStore): number {
  return Number(database.get('SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()')!.bytes);
}

test('whatever comes in which order and in which transactions, each grain tells what all of its samples tell', (t) => {
  const random = new SeededRandom(seedFor(t));
  for (let round = 0; round < 20; round++) {
    const { store } = new MemoryStore(t);
    const seen: Seen[] = [];
    let at = NOW;
    for (let left = random.between(1, 400); left > 0; left--) {
      // Now and then the clock is set, back and forward.
      at += random.chance(0.03) ? random.between(-400_000, 400_000) : random.between(0, 12_000);
      const share = (): number => random.next();
      const sample = sampleMachine({
        at, cpu: share(), memory: share(), disk: { free: random.between(0, 100), total: 100 }, diskRead: share() * 1e9, diskWrite: share() * 1e9,
        networkIn: share() * 1e9, networkOut: share() * 1e9, load: share() * 30, pressure: { cpu: share(), memory: share(), io: share() },
      });
      seen.push({ sample, strategy: random.pick(['normal', 'normal', 'normal', 'conserve', 'critical']) });
    }
    for (let rest = [...seen]; rest.length > 0; ) {
      const batch = rest.splice(0, random.between(1, 70));
      store.write(() => store.machine.add(gatherTallies(batch.flatMap(talliesOf))));
    }
    for (const { lasts } of GRAINS) assertAlike(store.machine.between(lasts, EVER), bruteForce(seen, lasts), `grain of ${lasts} ms, point`);
  }
});

test('what only some samples know is not lost', (t) => {
  const { store } = new MemoryStore(t);
  const unknown = { sample: sampleMachine({ at: NOW, disk: undefined, pressure: undefined }), strategy: 'normal' } as const;
  const known = { sample: sampleMachine({ at: NOW + 1 }), strategy: 'normal' } as const;
  for (const seen of [unknown, known, unknown]) store.write(() => store.machine.add(talliesOf(seen)));
  const [point] = store.machine.between(1000, EVER);
  assert.deepEqual([point?.disk, point?.pressure], [0.6, known.sample.pressure]);
});

test('a span is told by the points that touch it, in order', (t) => {
  const { store } = new MemoryStore(t);
  for (const second of [3, 1, 2, 0]) store.write(() => store.machine.add(talliesOf({ sample: sampleMachine({ at: NOW + second * 1000 + 500 }), strategy: 'normal' })));
  const at = (from: number, to: number): number[] => store.machine.between(1000, { from: NOW + from, to: NOW + to }).map((point) => point.at - NOW);
  assert.deepEqual([at(1500, 2500), at(1000, 1000), at(9000, 9999), at(2500, 1500)], [[1000, 2000], [1000], [], []]);
});

test('the finest grain that covers the whole span is told', () => {
  const lasts = (ms: number): number => grainFor({ from: NOW - ms, to: NOW }, NOW).lasts;
  assert.deepEqual([60_000, 600_000, 700_000, DAY, DAY + 60_000, 7 * DAY, 90 * DAY, 900 * DAY].map(lasts), [1000, 1000, 10_000, 10_000, 300_000, 300_000, 300_000, 300_000]);
  assert.equal(grainFor({ from: NOW + DAY, to: NOW + 2 * DAY }, NOW).lasts, 1000, 'after the clock was set back');
});

test('ninety days and more of history stay as many rows and bytes as they are meant to be', (t) => {
  const kept = new MemoryStore(t);
  const { store } = kept;
  const before = bytesOf(kept);
  const add = (at: number, grains: readonly { lasts: number }[]): void => store.machine.add(grains.map(({ lasts }) => tallyOf(sampleMachine({ at }), 'normal', lasts)));
  // Long ago only the coarse grain is left, so only that is written here; of the last two days all, each second.
  const end = NOW + 200 * DAY;
  store.write(() => {
    for (let at = NOW; at < end - 2 * DAY; at += 300_000) add(at, [GRAINS[2]!]);
    for (let at = end - 2 * DAY; at < end; at += 10_000) add(at, [GRAINS[1]!]);
    for (let at = end - 3_600_000; at < end; at += 1000) add(at, GRAINS);
    for (let at = end - 2 * DAY; at < end - 3_600_000; at += 300_000) add(at, [GRAINS[2]!]);
    store.machine.prune(end);
  });
  const rows = GRAINS.map(({ lasts }) => store.machine.between(lasts, { from: 0, to: end }).length);
  // What is kept a little longer comes on top: half a minute and one while.
  assert.deepEqual(rows, [600 + 30 + 1, 8640 + 3 + 1, 25_920 + 1]);
  assert.ok(bytesOf(kept) - before < 12e6, `${bytesOf(kept)} bytes`);
});

test('what a clock far ahead wrote goes away, what is a moment ahead stays', (t) => {
  const { store } = new MemoryStore(t);
  for (const at of [NOW, NOW + 60_000, NOW + DAY]) store.write(() => store.machine.add(talliesOf({ sample: sampleMachine({ at }), strategy: 'normal' })));
  store.write(() => store.machine.prune(NOW));
  for (const { lasts } of GRAINS) {
    const newest = store.machine.between(lasts, EVER).at(-1)!;
    assert.ok(newest.at >= NOW && newest.at <= NOW + 60_000);
  }
});
