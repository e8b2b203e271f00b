import assert from 'node:assert/strict';
import os from 'node:os';
import { test } from 'node:test';
import { readCapacity } from '../../../../src/core/engine/capacity.ts';
import { MachineMonitor, systemCpuSensor } from '../../../../src/core/engine/machine-monitor.ts';
import { ManualClock } from '../../views/manual-clock.ts';

test('a sample tells the load of the sensor and the memory of the machine', async () => {
  const clock = new ManualClock(5000);
  const sample = await new MachineMonitor(clock, () => Promise.resolve(0.43)).sample();
  assert.deepEqual([sample.at, sample.cpu, sample.estimated, sample.cores], [5000, 0.43, false, os.availableParallelism()]);
  assert.ok(sample.memoryUsed > 0 && sample.memoryUsed < sample.memoryTotal);
  assert.equal(sample.memory, sample.memoryUsed / sample.memoryTotal);
});

test('who asks again within a moment gets the same sample, who asks together one look', async () => {
  const clock = new ManualClock();
  let looks = 0;
  const monitor = new MachineMonitor(clock, () => Promise.resolve(++looks / 10));
  const [one, other] = await Promise.all([monitor.sample(), monitor.sample()]);
  assert.equal(one, other);
  await clock.advance(899);
  assert.equal(await monitor.sample(), one);
  await clock.advance(1);
  assert.equal((await monitor.sample()).cpu, 0.2);
});

for (const [name, sensor] of [['fails', () => Promise.reject(new Error('no sensor'))], ['tells nonsense', () => Promise.resolve(Number.NaN)]] as const) {
  test(`a sensor that ${name} is replaced by an estimate, which is marked`, async () => {
    const sample = await new MachineMonitor(new ManualClock(), sensor).sample();
    assert.equal(sample.estimated, true);
    assert.ok(sample.cpu >= 0 && sample.cpu <= 1);
  });
}

test('a sensor that hangs is replaced by an estimate, and is not asked again while it hangs', async () => {
  const clock = new ManualClock();
  let asked = 0;
  let answer: (load: number) => void = () => undefined;
  const monitor = new MachineMonitor(clock, () => {
    asked++;
    return new Promise((resolve) => (answer = resolve));
  });
  for (let n = 0; n < 4; n++) {
    const pending = monitor.sample();
    await clock.advance(2000);
    assert.equal((await pending).estimated, true);
    await clock.advance(1000);
  }
  assert.equal(asked, 1);
  answer(0.5);
  await clock.advance(0);
  const pending = monitor.sample();
  answer(0.6);
  assert.deepEqual(await pending.then(({ cpu, estimated }) => [cpu, estimated]), [0.6, false]);
  assert.equal(clock.pending, 0, 'no timer is left');
});

test('the real sensor answers with a share', async () => {
  const load = await systemCpuSensor();
  assert.ok(load >= 0 && load <= 1, String(load));
});

test('the room of the machine, or of its container, is never more than the machine has', () => {
  const { cores, memoryTotal, memoryAvailable } = readCapacity();
  assert.ok(cores >= 1 && memoryTotal > 0 && memoryTotal <= os.totalmem());
  assert.ok(memoryAvailable > 0 && memoryAvailable <= memoryTotal);
});
