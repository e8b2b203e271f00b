import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BackgroundReading } from '../../../../src/core/machine/background-reading.ts';
import { CpuMeter, type CpuQuota } from '../../../../src/core/machine/cpu-meter.ts';
import type { CpuTicks } from '../../../../src/core/machine/cpu-ticks.ts';
import { OwnCost } from '../../../../src/core/machine/own-cost.ts';
import { TrafficMeter, type TrafficCounters } from '../../../../src/core/machine/traffic-meter.ts';
import type { Traffic } from '../../../../src/core/machine/machine-sensors.ts';
import { settled } from '../../views/manual-clock.ts';

type Look = (ms: number, ticks: Readonly<Record<number, readonly [number, number]>>, quota?: CpuQuota) => ReturnType<CpuMeter['read']>;

function cpuMeter(): Look {
  let now = 0;
  let ticks = new Map<number, CpuTicks>();
  let quota: CpuQuota | undefined;
  const meter = new CpuMeter(() => ticks, () => quota, () => now);
  return (ms, given, limit) => {
    now = ms;
    ticks = new Map(Object.entries(given).map(([core, [busy, total]]) => [Number(core), { busy, total }]));
    quota = limit;
    return meter.read();
  };
}

test('the load is what each core was busy since the last look', () => {
  const at = cpuMeter();
  assert.equal(at(0, { 0: [100, 1000], 1: [500, 1000] }), undefined);
  assert.deepEqual(at(1000, { 0: [150, 1100], 1: [600, 1100] }), { total: 0.75, perCore: [0.5, 1] });
});

test('two looks within one tick tell the same', () => {
  const at = cpuMeter();
  at(0, { 0: [0, 0] });
  const first = at(1000, { 0: [5, 10] });
  assert.deepEqual(at(1001, { 0: [5, 10] }), first);
});

test('counters that go back tell nothing of that core, and nothing at all when they all do', () => {
  const at = cpuMeter();
  at(0, { 0: [100, 1000], 1: [100, 1000] });
  assert.deepEqual(at(1000, { 0: [1, 10], 1: [150, 1100] }), { total: 0.5, perCore: [0, 0.5] });
  assert.equal(at(2000, { 0: [0, 5], 1: [0, 5] }), undefined);
  assert.deepEqual(at(3000, { 0: [5, 15], 1: [5, 15] }), { total: 0.5, perCore: [0.5, 0.5] }, 'the next look is sound again');
});

test('cores come and go; without any there is no figure', () => {
  const at = cpuMeter();
  at(0, { 0: [0, 0] });
  assert.deepEqual(at(1000, { 0: [10, 10], 7: [1, 2] }), { total: 1, perCore: [1, 0] });
  assert.equal(at(2000, {}), undefined);
});

test('under a quota the load is what was used of it', () => {
  const at = cpuMeter();
  at(0, { 0: [0, 0], 1: [0, 0] }, { cores: 0.5, usedUs: 7_000_000 });
  assert.equal(at(1000, { 0: [50, 100], 1: [50, 100] }, { cores: 0.5, usedUs: 7_250_000 })?.total, 0.5);
  assert.equal(at(2000, { 0: [100, 200], 1: [100, 200] }, { cores: 0.5, usedUs: 9_000_000 })?.total, 1, 'a burst is no more than all');
  assert.equal(at(3000, { 0: [125, 300], 1: [125, 300] }, { cores: 0.5, usedUs: 10 })?.total, 0.25, 'without a sound figure the cores tell');
});

function trafficMeter(): (ms: number, counters: Readonly<Record<string, readonly [number, number]>> | undefined) => Traffic | undefined {
  let now = 0;
  let counters: TrafficCounters | undefined;
  const meter = new TrafficMeter(() => counters, () => now);
  return (ms, given) => {
    now = ms;
    counters = given === undefined ? undefined : new Map(Object.entries(given).map(([name, [received, sent]]) => [name, { in: received, out: sent }]));
    return meter.read();
  };
}

test('traffic is bytes a second since the last look, over all devices', () => {
  const at = trafficMeter();
  assert.equal(at(0, { a: [100, 100], b: [0, 0] }), undefined);
  assert.deepEqual(at(2000, { a: [300, 100], b: [100, 50] }), { in: 150, out: 25 });
});

test('a counter that is full and begins anew, or was reset, tells nothing once', () => {
  const at = trafficMeter();
  at(0, { a: [2 ** 32 - 10, 0] });
  assert.equal(at(1000, { a: [90, 0] }), undefined);
  assert.deepEqual(at(2000, { a: [190, 0] }), { in: 100, out: 0 });
});

test('a device that is plugged in brings no traffic of the past, one that is taken away takes none', () => {
  const at = trafficMeter();
  at(0, { a: [0, 0] });
  assert.deepEqual(at(1000, { a: [10, 0], usb: [9e9, 9e9] }), { in: 10, out: 0 });
  assert.deepEqual(at(2000, { usb: [9e9 + 5, 9e9] }), { in: 5, out: 0 });
});

test('no time and no counters tell nothing new', () => {
  const at = trafficMeter();
  at(0, { a: [0, 0] });
  const last = at(1000, { a: [10, 0] });
  assert.deepEqual(at(1000, { a: [99, 0] }), last);
  assert.equal(at(2000, undefined), undefined);
});

test('what takes long is read in the background, once at a time, and not again before it is due', async () => {
  let now = 0;
  let asked = 0;
  let answer: (value: string) => void = () => undefined;
  const reading = new BackgroundReading(() => { asked++; return new Promise<string>((resolve) => (answer = resolve)); }, (last) => (last === 'gone' ? Number.POSITIVE_INFINITY : 1000), () => now, 500);
  assert.deepEqual([reading.latest(), asked], [undefined, 0], 'not before its delay');
  now = 500;
  assert.deepEqual([reading.latest(), reading.latest(), asked], [undefined, undefined, 1]);
  now = 90_000;
  assert.deepEqual([reading.latest(), asked], [undefined, 1], 'not again while it hangs');
  answer('there');
  await settled();
  assert.deepEqual([reading.latest(), asked], ['there', 1]);
  now += 1000;
  assert.deepEqual([reading.latest(), asked], ['there', 2], 'told as last seen meanwhile');
  answer('gone');
  await settled();
  now += 1e9;
  assert.deepEqual([reading.latest(), asked], ['gone', 2]);
});

test('a reading that fails tells nothing, and is tried again', async () => {
  let now = 0;
  let asked = 0;
  const reading = new BackgroundReading(() => (asked++ === 1 ? Promise.reject(new Error('no')) : Promise.resolve(asked)), () => 10, () => now);
  reading.latest();
  await settled();
  now = 10;
  assert.equal(reading.latest(), 1);
  await settled();
  assert.equal(reading.latest(), undefined);
  now = 20;
  reading.latest();
  await settled();
  assert.equal(reading.latest(), 3);
});

test('own cost is the share of the last minute, and of the time since the start before that', () => {
  let now = 0;
  let cpu = 0;
  const cost = new OwnCost(() => now, () => cpu);
  const work = (ms: number): void => cost.measure(() => void (cpu += ms));
  work(5);
  assert.equal(cost.share(), 0.005, 'of no less than a second');
  now = 10_000;
  work(5);
  assert.equal(cost.share(), 0.001);
  now = 65_000;
  assert.equal(cost.share(), 5 / 60_000, 'what lies further back is forgotten');
  assert.throws(() => cost.measure(() => { cpu += 55; throw new Error('failed'); }), /failed/);
  assert.equal(cost.share(), 0.001, 'work that fails costs as well');
});
