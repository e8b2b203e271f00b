import os from 'node:os';
import type { Clock } from '../base/clock.ts';
import type { MachineSample } from './engine-port.ts';
import { readCapacity } from './capacity.ts';

const FRESH_MS = 900;
/** A sensor that takes longer is replaced by an estimate. */
const SENSOR_LIMIT_MS = 2000;

/** CPU load over the time since the last reading, 0..1. */
export type CpuSensor = () => Promise<number>;

/** `systeminformation`, loaded at the first reading. */
export const systemCpuSensor: CpuSensor = async () => {
  const { currentLoad } = await import('systeminformation');
  return (await currentLoad()).currentLoad / 100;
};

/** Looks at the machine when asked, at most once a second and never twice at a time. */
export class MachineMonitor {
  private readonly clock: Clock;
  private readonly sensor: CpuSensor;
  private latest: MachineSample | undefined;
  private pending: Promise<MachineSample> | undefined;
  /** What the sensor was last asked for; it may take longer than we wait. */
  private reading: Promise<number | undefined> | undefined;

  constructor(clock: Clock, sensor: CpuSensor = systemCpuSensor) {
    this.clock = clock;
    this.sensor = sensor;
  }

  sample(): Promise<MachineSample> {
    if (this.latest !== undefined && this.clock.now() - this.latest.at < FRESH_MS) return Promise.resolve(this.latest);
    this.pending ??= this.look().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async look(): Promise<MachineSample> {
    const cpu = await this.readCpu();
    const { cores, memoryTotal, memoryAvailable } = readCapacity();
    const memoryUsed = memoryTotal - memoryAvailable;
    this.latest = { at: this.clock.now(), cpu: cpu.value, memory: memoryUsed / memoryTotal, memoryUsed, memoryTotal, cores, estimated: cpu.estimated };
    return this.latest;
  }

  private async readCpu(): Promise<{ value: number; estimated: boolean }> {
    let cancel = (): void => undefined;
    const late = new Promise<undefined>((resolve) => (cancel = this.clock.after(SENSOR_LIMIT_MS, () => resolve(undefined))));
    this.reading ??= this.sensor()
      .catch(() => undefined)
      .finally(() => (this.reading = undefined));
    const value = await Promise.race([this.reading, late]);
    cancel();
    if (value !== undefined && Number.isFinite(value)) return { value, estimated: false };
    // Runnable processes per core over the last minute: coarse, and said to be so.
    return { value: Math.min(1, os.loadavg()[0]! / os.availableParallelism()), estimated: true };
  }
}
