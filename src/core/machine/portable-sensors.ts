import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { BackgroundReading } from './background-reading.ts';
import type { CapacityReader } from './capacity-reader.ts';
import { CpuMeter } from './cpu-meter.ts';
import { ticksOf } from './cpu-ticks.ts';
import type { MachineSensors } from './machine-sensors.ts';
import type { Monotonic } from './monotonic.ts';
import { readBattery, readDiskTraffic, readGpus, readNetworkTraffic, readSwap } from './system-information.ts';
import type { Volume } from './volume.ts';

/** How long the first look counts. */
const PRIME_MS = 100;
/** Each of these starts other programs, which take longer than what they tell is worth at each look. */
const TRAFFIC_MS = 10_000;
const SWAP_MS = 30_000;
const GPU_MS = 10_000;
const BATTERY_MS = 60_000;
const DELAY_MS = 5000;

interface PortablePorts {
  readonly monotonic: Monotonic;
  readonly capacity: CapacityReader;
  readonly volume: Volume;
}

/** Where there is no `/proc`: Node for what is quick, `systeminformation` in the background for the rest. */
export function portableSensors({ monotonic, capacity, volume }: PortablePorts): MachineSensors {
  const cpu = new CpuMeter(() => ticksOf(os.cpus()), () => undefined, monotonic);
  const every = (ms: number): (() => number) => () => ms;
  const diskTraffic = new BackgroundReading(readDiskTraffic, every(TRAFFIC_MS), monotonic);
  const network = new BackgroundReading(readNetworkTraffic, every(TRAFFIC_MS), monotonic);
  const swap = new BackgroundReading(readSwap, every(SWAP_MS), monotonic);
  const gpus = new BackgroundReading(readGpus, (last) => (last?.some(({ load }) => load !== undefined) === true ? GPU_MS : Number.POSITIVE_INFINITY), monotonic, DELAY_MS);
  const battery = new BackgroundReading(readBattery, every(BATTERY_MS), monotonic, DELAY_MS);
  return {
    async prime() {
      cpu.read();
      await delay(PRIME_MS);
    },
    cpu: () => cpu.read(),
    capacity: () => capacity.capacity(),
    swap: () => swap.latest(),
    disk: () => volume.space(),
    diskTraffic: () => diskTraffic.latest(),
    network: () => network.latest(),
    load: () => os.loadavg()[0]!,
    pressure: () => undefined,
    gpus: () => gpus.latest() ?? [],
    battery: () => battery.latest(),
  };
}
