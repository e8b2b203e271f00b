import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { BackgroundReading } from './background-reading.ts';
import type { CapacityReader } from './capacity-reader.ts';
import { CpuMeter, type CpuQuota } from './cpu-meter.ts';
import { parseCoreList, parseProcStat, type CoreTicks } from './cpu-ticks.ts';
import { deviceOf, parseDiskstats } from './diskstats.ts';
import { hasLinuxGpu, readLinuxBattery } from './linux-devices.ts';
import type { MachineSensors } from './machine-sensors.ts';
import { parseSwap } from './meminfo.ts';
import type { Monotonic } from './monotonic.ts';
import { parseNetDev } from './net-dev.ts';
import { MACHINE_PRESSURE, readPressure } from './pressure-files.ts';
import type { ReadText } from './read-text.ts';
import { readGpus } from './system-information.ts';
import { TrafficMeter } from './traffic-meter.ts';
import type { Volume } from './volume.ts';

/** How long the first look counts. */
const PRIME_MS = 100;
const GPU_MS = 10_000;
const BATTERY_MS = 60_000;
/** An engine that lives only for a moment asks no other programs. */
const GPU_DELAY_MS = 5000;

interface LinuxPorts {
  readonly read: ReadText;
  readonly monotonic: Monotonic;
  readonly capacity: CapacityReader;
  readonly volume: Volume;
}

/** The kernel's own files: no other process is started, and a look at all of them takes a fraction of a millisecond. */
export function linuxSensors({ read, monotonic, capacity, volume }: LinuxPorts): MachineSensors {
  const usable = parseCoreList(/^Cpus_allowed_list:\s*(\S+)$/m.exec(read('/proc/self/status') ?? '')?.[1] ?? '');
  const ticks = (): CoreTicks => {
    const all = parseProcStat(read('/proc/stat') ?? '');
    // What a container may not run on is not its machine.
    const own = new Map([...all].filter(([core]) => usable.has(core)));
    return own.size > 0 ? own : all;
  };
  const quota = (): CpuQuota | undefined => {
    const { cpu } = capacity.cgroup();
    const usedUs = cpu?.usedUs();
    return cpu === undefined || usedUs === undefined ? undefined : { cores: cpu.cores, usedUs };
  };
  const cpu = new CpuMeter(ticks, quota, monotonic);
  let device: string | undefined;
  // A share that hangs keeps nobody waiting: until it answers all disks are counted.
  void volume.device().then((dev) => (device = dev === undefined ? undefined : deviceOf(dev)));
  const whole = new Map<string, boolean>();
  const isWhole = (name: string): boolean => {
    const known = whole.get(name) ?? read(`/sys/block/${name}/dev`) !== undefined;
    whole.set(name, known);
    return known;
  };
  const diskTraffic = new TrafficMeter(() => parseDiskstats(read('/proc/diskstats') ?? '', device, isWhole), monotonic);
  const network = new TrafficMeter(() => parseNetDev(read('/proc/net/dev') ?? ''), monotonic);
  const gpus = new BackgroundReading(() => (hasLinuxGpu(read) ? readGpus() : Promise.resolve([])), (last) => (last?.some(({ load }) => load !== undefined) === true ? GPU_MS : Number.POSITIVE_INFINITY), monotonic, GPU_DELAY_MS);
  const battery = new BackgroundReading(() => Promise.resolve(readLinuxBattery(read)), () => BATTERY_MS, monotonic);
  return {
    async prime() {
      for (const meter of [cpu, diskTraffic, network]) meter.read();
      battery.latest();
      await delay(PRIME_MS);
    },
    cpu: () => cpu.read(),
    capacity: () => capacity.capacity(),
    swap: () => parseSwap(read('/proc/meminfo') ?? ''),
    disk: () => volume.space(),
    diskTraffic: () => diskTraffic.read(),
    network: () => network.read(),
    load: () => os.loadavg()[0]!,
    pressure() {
      const { pressure } = capacity.cgroup();
      return readPressure(read, pressure === undefined ? MACHINE_PRESSURE : (kind) => `${pressure}/${kind}.pressure`);
    },
    gpus: () => gpus.latest() ?? [],
    battery: () => battery.latest(),
  };
}
