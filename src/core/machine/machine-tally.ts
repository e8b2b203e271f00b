import type { MachinePoint } from '../model/machine/machine-point.ts';
import type { MachineSample } from '../model/machine/machine-sample.ts';
import type { Pressure } from '../model/machine/pressure.ts';
import type { Strategy } from '../model/machine/strategy.ts';
import { stricter } from '../strategy/severity.ts';

/** A point that can take in more: it knows of how many samples it is the mean. */
export interface MachineTally extends MachinePoint {
  readonly n: number;
}

/** What one sample adds to the while of this length, milliseconds, in which it lies. */
export function tallyOf(sample: MachineSample, strategy: Strategy, lasts: number): MachineTally {
  const { cpu, memory, disk, diskRead, diskWrite, networkIn, networkOut, load, pressure } = sample;
  return {
    n: 1, at: Math.floor(sample.at / lasts) * lasts, lasts, cpu, cpuPeak: cpu, memory, memoryPeak: memory,
    disk: disk === undefined ? undefined : 1 - disk.free / disk.total, diskRead, diskWrite, networkIn, networkOut, load, pressure, strategy,
  };
}

/** Two tallies of the same while as one: means weighted by samples, the higher peaks, the stricter strategy. */
export function mergeTallies(a: MachineTally, b: MachineTally): MachineTally {
  const n = a.n + b.n;
  const mean = (x: number, y: number): number => (x * a.n + y * b.n) / n;
  // What only one of the two knows is known.
  const known = <T>(x: T | undefined, y: T | undefined, both: (x: T, y: T) => T): T | undefined => (x === undefined || y === undefined ? (x ?? y) : both(x, y));
  return {
    n, at: a.at, lasts: a.lasts,
    cpu: mean(a.cpu, b.cpu), cpuPeak: Math.max(a.cpuPeak, b.cpuPeak), memory: mean(a.memory, b.memory), memoryPeak: Math.max(a.memoryPeak, b.memoryPeak),
    disk: known(a.disk, b.disk, mean), diskRead: mean(a.diskRead, b.diskRead), diskWrite: mean(a.diskWrite, b.diskWrite),
    networkIn: mean(a.networkIn, b.networkIn), networkOut: mean(a.networkOut, b.networkOut), load: mean(a.load, b.load),
    pressure: known<Pressure>(a.pressure, b.pressure, (x, y) => ({ cpu: mean(x.cpu, y.cpu), memory: mean(x.memory, y.memory), io: mean(x.io, y.io) })),
    strategy: stricter(a.strategy, b.strategy),
  };
}

/** Those of the same while made one, in order of time. */
export function gatherTallies(tallies: readonly MachineTally[]): readonly MachineTally[] {
  const whiles = new Map<string, MachineTally>();
  for (const tally of tallies) {
    const key = `${tally.lasts} ${tally.at}`;
    const before = whiles.get(key);
    whiles.set(key, before === undefined ? tally : mergeTallies(before, tally));
  }
  return [...whiles.values()].sort((a, b) => a.lasts - b.lasts || a.at - b.at);
}
