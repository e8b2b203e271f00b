import os from 'node:os';
import type { Clock } from '../../base/clock.ts';
import { GuardedSensor, type Reading } from '../../machine/guarded-sensor.ts';
import type { CpuReading, MachineSensors, Sensor, SwapReading, Traffic } from '../../machine/machine-sensors.ts';
import { systemMonotonic } from '../../machine/monotonic.ts';
import { OwnCost } from '../../machine/own-cost.ts';
import type { Disk, Figure, MachineSample } from '../../model/machine/machine-sample.ts';
import type { Capacity } from '../../scheduler/snapshot.ts';

const FRESH_MS = 900;

/** Looks at the machine when asked, and never twice at a time. What a sensor does not tell is guessed, and said to be. */
export class MachineMonitor {
  readonly cost: OwnCost;
  private readonly clock: Clock;
  private readonly sensors: MachineSensors;
  private readonly cpu: GuardedSensor<CpuReading>;
  private readonly capacity: GuardedSensor<Capacity>;
  private readonly swap: GuardedSensor<SwapReading>;
  private readonly disk: GuardedSensor<Disk | undefined, Disk>;
  private readonly diskTraffic: GuardedSensor<Traffic>;
  private readonly network: GuardedSensor<Traffic>;
  private latest: MachineSample | undefined;
  private pending: Promise<MachineSample> | undefined;

  constructor(clock: Clock, sensors: MachineSensors, cost = new OwnCost(systemMonotonic)) {
    this.clock = clock;
    this.sensors = sensors;
    this.cost = cost;
    const guarded = <R, T extends R = R>(sensor: Sensor<T>, isSound: (value: T) => boolean, guess: (last: T | undefined) => R): GuardedSensor<R, T> => new GuardedSensor({ sensor, isSound, guess }, clock);
    // Runnable processes per core over the last minute: coarse, and said to be so.
    this.cpu = guarded<CpuReading>(sensors.cpu, ({ total, perCore }) => isShare(total) && perCore.every(isShare), () => ({ total: Math.min(1, os.loadavg()[0]! / os.availableParallelism()), perCore: [] }));
    this.capacity = guarded(sensors.capacity, ({ cores, memoryTotal, memoryAvailable }) => cores > 0 && memoryTotal > 0 && memoryAvailable >= 0 && memoryAvailable <= memoryTotal, (last) => last ?? { cores: os.availableParallelism(), memoryTotal: os.totalmem(), memoryAvailable: os.freemem() });
    this.swap = guarded(sensors.swap, ({ used, total }) => isAmount(used) && isAmount(total) && used <= total, (last) => last ?? { used: 0, total: 0 });
    this.disk = guarded<Disk | undefined, Disk>(sensors.disk, (disk) => isAmount(disk.free) && disk.total > 0 && disk.free <= disk.total, (last) => last);
    this.diskTraffic = guarded(sensors.diskTraffic, isTraffic, (last) => last ?? { in: 0, out: 0 });
    this.network = guarded(sensors.network, isTraffic, (last) => last ?? { in: 0, out: 0 });
  }

  /** The latest sample while it is younger than `freshMs`, else a new look. */
  sample(freshMs = FRESH_MS): Promise<MachineSample> {
    const age = this.latest === undefined ? Number.NaN : this.clock.now() - this.latest.at;
    if (age >= 0 && age < freshMs) return Promise.resolve(this.latest!);
    this.pending ??= this.look().finally(() => (this.pending = undefined));
    return this.pending;
  }

  private async look(): Promise<MachineSample> {
    if (this.latest === undefined) await this.sensors.prime();
    const readings = this.cost.measure(() => [this.cpu.read(), this.capacity.read(), this.swap.read(), this.disk.read(), this.diskTraffic.read(), this.network.read()] as const);
    const [cpu, capacity, swap, disk, diskTraffic, network] = await Promise.all(readings);
    return this.cost.measure(() => this.compose({ cpu, memory: capacity, swap, disk, diskTraffic, network }));
  }

  private compose(readings: Readings): MachineSample {
    const { cpu, memory: { value: { cores, memoryTotal, memoryAvailable } }, swap, disk, diskTraffic, network } = readings;
    const memoryUsed = memoryTotal - memoryAvailable;
    const estimates = (Object.keys(readings) as Figure[]).filter((figure) => readings[figure].isGuess);
    this.latest = {
      at: this.clock.now(), cpu: cpu.value.total, perCore: cpu.value.perCore, cores, load: this.sensors.load(),
      memory: memoryUsed / memoryTotal, memoryUsed, memoryTotal, swapUsed: swap.value.used, swapTotal: swap.value.total,
      disk: disk.value, diskRead: diskTraffic.value.in, diskWrite: diskTraffic.value.out, networkIn: network.value.in, networkOut: network.value.out,
      pressure: this.sensors.pressure(), gpus: this.sensors.gpus(), battery: this.sensors.battery(),
      estimates, estimated: estimates.length > 0, ownCost: this.cost.share(),
    };
    return this.latest;
  }
}

interface Readings {
  readonly cpu: Reading<CpuReading>;
  readonly memory: Reading<Capacity>;
  readonly swap: Reading<SwapReading>;
  readonly disk: Reading<Disk | undefined>;
  readonly diskTraffic: Reading<Traffic>;
  readonly network: Reading<Traffic>;
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 1;
}

function isAmount(value: number): boolean {
  return value >= 0 && Number.isFinite(value);
}

function isTraffic({ in: received, out: sent }: Traffic): boolean {
  return isAmount(received) && isAmount(sent);
}
