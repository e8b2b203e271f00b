import assert from 'node:assert/strict';
import os from 'node:os';
import { test } from 'node:test';
import { readCapacity } from '../../../../../src/core/engine/machine/capacity.ts';
import { MachineMonitor } from '../../../../../src/core/engine/machine/machine-monitor.ts';
import type { CpuReading } from '../../../../../src/core/machine/machine-sensors.ts';
import { systemSensors } from '../../../../../src/core/machine/system-sensors.ts';
import { systemClock } from '../../../../../src/core/base/clock.ts';
import { fakeSensors } from '../../../../support/fake-sensors.ts';
import { ManualClock } from '../../../views/manual-clock.ts';

const cpuOf = (total: number): CpuReading => ({ total, perCore: [total] });

test('a sample tells what the sensors tell', async () => {
  const { ownCost, ...sample } = await new MachineMonitor(new ManualClock(5000), fakeSensors({ battery: () => ({ charge: 0.5, isCharging: true }) })).sample();
  assert.deepEqual(sample, {
    at: 5000, cpu: 0.25, perCore: [0.5, 0], cores: 2, load: 0.5, memory: 0.25, memoryUsed: 2e9, memoryTotal: 8e9, swapUsed: 1e9, swapTotal: 2e9,
    disk: { free: 40e9, total: 100e9 }, diskRead: 100, diskWrite: 200, networkIn: 300, networkOut: 400, pressure: { cpu: 0.1, memory: 0, io: 0.2 },
    gpus: [], battery: { charge: 0.5, isCharging: true }, estimates: [], estimated: false,
  });
  assert.ok(ownCost >= 0 && ownCost < 1, String(ownCost));
});

test('who asks again within a moment gets the same sample, who asks together one look', async () => {
  const clock = new ManualClock();
  let looks = 0;
  const monitor = new MachineMonitor(clock, fakeSensors({ cpu: () => cpuOf(++looks / 10) }));
  const [one, other] = await Promise.all([monitor.sample(), monitor.sample()]);
  assert.equal(one, other);
  await clock.advance(899);
  assert.equal(await monitor.sample(), one);
  await clock.advance(1);
  assert.equal((await monitor.sample()).cpu, 0.2);
});

test('a clock that was set back does not keep an old sample alive', async () => {
  const clock = new ManualClock(100_000);
  let looks = 0;
  const monitor = new MachineMonitor(clock, fakeSensors({ cpu: () => cpuOf(++looks / 10) }));
  await monitor.sample();
  clock.setBack(50_000);
  const { at, cpu } = await monitor.sample();
  assert.deepEqual([at, cpu], [50_000, 0.2]);
});

const failures: readonly (readonly [string, () => never | Promise<never> | undefined])[] = [
  ['tells nothing', () => undefined],
  ['fails', () => Promise.reject(new Error('no sensor'))],
  ['throws', () => { throw new Error('no sensor'); }],
];

for (const [name, fail] of failures) {
  test(`each sensor that ${name} is replaced by an estimate, which is marked, while the others go on`, async () => {
    const figures = { cpu: 'cpu', capacity: 'memory', swap: 'swap', disk: 'disk', diskTraffic: 'diskTraffic', network: 'network' } as const;
    for (const [sensor, figure] of Object.entries(figures)) {
      const sample = await new MachineMonitor(new ManualClock(), fakeSensors({ [sensor]: fail })).sample();
      assert.deepEqual([sample.estimates, sample.estimated], [[figure], true]);
      for (const [key, value] of Object.entries(sample)) assert.ok(typeof value !== 'number' || (value >= 0 && Number.isFinite(value)), `${sensor}: ${key} is ${value}`);
    }
  });
}

test('nonsense is not passed on', async () => {
  const sample = await new MachineMonitor(new ManualClock(), fakeSensors({
    cpu: () => cpuOf(Number.NaN), capacity: () => ({ cores: 0, memoryTotal: 0, memoryAvailable: 1 }), swap: () => ({ used: 3, total: 2 }), disk: () => ({ free: 2, total: 1 }),
    diskTraffic: () => ({ in: -1, out: 0 }), network: () => ({ in: 0, out: Number.POSITIVE_INFINITY }),
  })).sample();
  assert.deepEqual(sample.estimates, ['cpu', 'memory', 'swap', 'disk', 'diskTraffic', 'network']);
  assert.ok(sample.cpu >= 0 && sample.cpu <= 1 && sample.memoryTotal > 0 && sample.cores >= 1);
  assert.deepEqual([sample.disk, sample.swapUsed, sample.diskRead, sample.networkOut], [undefined, 0, 0, 0]);
});

test('what a sensor last said stands in for it', async () => {
  const clock = new ManualClock();
  let isThere = true;
  const monitor = new MachineMonitor(clock, fakeSensors({ disk: () => (isThere ? { free: 1, total: 2 } : undefined), network: () => (isThere ? { in: 5, out: 6 } : undefined) }));
  await monitor.sample();
  isThere = false;
  await clock.advance(1000);
  const { disk, networkIn, networkOut, estimates } = await monitor.sample();
  assert.deepEqual([disk, networkIn, networkOut, estimates], [{ free: 1, total: 2 }, 5, 6, ['disk', 'network']]);
});

test('a sensor that hangs is replaced by an estimate, and is not asked again while it hangs', async () => {
  const clock = new ManualClock();
  let asked = 0;
  let answer: (load: CpuReading) => void = () => undefined;
  const monitor = new MachineMonitor(clock, fakeSensors({
    cpu: () => {
      asked++;
      return new Promise((resolve) => (answer = resolve));
    },
  }));
  for (let n = 0; n < 4; n++) {
    const pending = monitor.sample();
    // The marks are taken first.
    await clock.advance(0);
    await clock.advance(2000);
    assert.deepEqual((await pending).estimates, ['cpu']);
    await clock.advance(1000);
  }
  assert.equal(asked, 1);
  answer(cpuOf(0.5));
  await clock.advance(0);
  const pending = monitor.sample();
  await clock.advance(0);
  answer(cpuOf(0.6));
  assert.deepEqual(await pending.then(({ cpu, estimated }) => [cpu, estimated]), [0.6, false]);
  assert.equal(clock.pending, 0, 'no timer is left');
});

test('the real sensors answer with figures that can be', async () => {
  const sample = await new MachineMonitor(systemClock, systemSensors(os.tmpdir())).sample();
  assert.ok(sample.cpu >= 0 && sample.cpu <= 1 && sample.perCore.every((share) => share >= 0 && share <= 1), JSON.stringify(sample));
  assert.ok(sample.disk !== undefined && sample.disk.free > 0 && sample.disk.free <= sample.disk.total);
  assert.ok(sample.perCore.length >= 1 && sample.memoryUsed > 0 && sample.memoryUsed < sample.memoryTotal);
});

test('the room of the machine, or of its container, is never more than the machine has', () => {
  const { cores, memoryTotal, memoryAvailable } = readCapacity();
  assert.ok(cores > 0 && cores <= os.availableParallelism() && memoryTotal > 0 && memoryTotal <= os.totalmem());
  assert.ok(memoryAvailable > 0 && memoryAvailable <= memoryTotal);
});
