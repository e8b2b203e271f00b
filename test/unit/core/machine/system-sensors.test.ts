import assert from 'node:assert/strict';
import os from 'node:os';
import { test } from 'node:test';
import { systemClock } from '../../../../src/core/base/clock.ts';
import { MachineMonitor } from '../../../../src/core/engine/machine/machine-monitor.ts';
import { CapacityReader } from '../../../../src/core/machine/capacity-reader.ts';
import { linuxSensors } from '../../../../src/core/machine/linux-sensors.ts';
import type { MachineSensors } from '../../../../src/core/machine/machine-sensors.ts';
import { systemSensors } from '../../../../src/core/machine/system-sensors.ts';
import { Volume } from '../../../../src/core/machine/volume.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { textFiles } from '../../../support/text-files.ts';

/** Sensors over files that a test makes up, at a time that it sets. */
function sensorsOver(files: Record<string, string>, folder = os.tmpdir()): { readonly sensors: MachineSensors; readonly pass: (ms: number) => void } {
  let now = 0;
  const read = textFiles(files);
  const monotonic = (): number => now;
  return { sensors: linuxSensors({ read, monotonic, capacity: new CapacityReader(read, monotonic), volume: new Volume(folder, monotonic) }), pass: (ms) => (now += ms) };
}

const counters = (busy: number, bytes: number): Record<string, string> => ({
  '/proc/self/status': 'Name:\tnode\nCpus_allowed:\t5\nCpus_allowed_list:\t0,2\n',
  '/proc/stat': `cpu 0 0 0 0\ncpu0 ${busy} 0 0 1000\ncpu1 99 0 0 0\ncpu2 0 0 0 ${1000 + busy}\n`,
  '/proc/net/dev': `eth0: ${bytes} 0 0 0 0 0 0 0 ${2 * bytes} 0 0 0 0 0 0 0\n`,
  '/proc/diskstats': ` 8 0 sda 0 0 ${bytes} 0 0 0 ${3 * bytes} 0 0 0 0\n 8 1 sda1 0 0 ${bytes} 0 0 0 ${bytes} 0 0 0 0\n`,
  '/sys/block/sda/dev': '8:0\n',
  '/proc/meminfo': 'SwapTotal: 100 kB\nSwapFree: 60 kB\n',
});

test('the files of the kernel become figures; cores that this process may not use are not its machine', async () => {
  const files = counters(0, 0);
  // A folder that is not there has no device: all whole disks count.
  const { sensors, pass } = sensorsOver(files, '/nowhere/at/all');
  await sensors.prime();
  Object.assign(files, counters(500, 1000));
  pass(2000);
  assert.deepEqual(
    [sensors.cpu(), sensors.network(), sensors.diskTraffic(), sensors.swap(), sensors.pressure()],
    [{ total: 0.5, perCore: [1, 0] }, { in: 500, out: 1000 }, { in: 256_000, out: 768_000 }, { used: 40 * 1024, total: 100 * 1024 }, undefined],
  );
  await assert.rejects(async () => sensors.disk(), /nowhere/);
});

test('without a single file there are only guesses, and they are sound', async () => {
  const { sensors } = sensorsOver({});
  const sample = await new MachineMonitor(systemClock, sensors).sample();
  assert.deepEqual(sample.estimates, ['cpu', 'swap', 'diskTraffic', 'network']);
  assert.ok(sample.cpu >= 0 && sample.cpu <= 1 && sample.cores >= 1 && sample.disk !== undefined);
  assert.deepEqual([sample.gpus, sample.battery, sample.pressure], [[], undefined, undefined]);
});

test('a container’s own pressure stands for that of its machine', () => {
  const stalled = (share: string): string => `some avg10=${share} avg60=0.00 avg300=0.00 total=0\n`;
  const kinds = (folder: string, suffix: string, share: string): Record<string, string> => Object.fromEntries(['cpu', 'memory', 'io'].map((kind) => [`${folder}/${kind}${suffix}`, stalled(share)]));
  const machine = kinds('/proc/pressure', '', '50.00');
  const limited = { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cgroup.controllers': 'cpu', '/sys/fs/cgroup/cpu.max': '100000 100000\n', ...kinds('/sys/fs/cgroup', '.pressure', '10.00') };
  assert.deepEqual(sensorsOver(machine).sensors.pressure(), { cpu: 0.5, memory: 0.5, io: 0.5 });
  assert.deepEqual(sensorsOver({ ...machine, ...limited }).sensors.pressure(), { cpu: 0.1, memory: 0.1, io: 0.1 });
});

test('space is asked for once in a while', async (t) => {
  let now = 0;
  const volume = new Volume(tempFolder(t), () => now);
  const first = await volume.space();
  assert.ok(first.free > 0 && first.free <= first.total);
  assert.equal(volume.space(), first, 'at once, as long as it is fresh');
  now = 5000;
  const later = volume.space();
  assert.notEqual(later, first);
  await later;
});

test('where there is no /proc, Node and the system’s own programs tell', async () => {
  const sensors = systemSensors(os.tmpdir(), 'darwin');
  const sample = await new MachineMonitor(systemClock, sensors).sample();
  assert.ok(sample.cpu >= 0 && sample.cpu <= 1 && sample.perCore.length >= 1 && sample.disk !== undefined);
  assert.deepEqual(sample.estimates.filter((figure) => ['cpu', 'memory', 'disk'].includes(figure)), []);
});
