import type { Battery, Disk, Gpu } from '../model/machine/machine-sample.ts';
import type { Pressure } from '../model/machine/pressure.ts';
import type { Capacity } from '../scheduler/snapshot.ts';

/** What is measured, or `undefined` when it cannot be told just now. */
export type Sensor<T> = () => T | undefined | Promise<T | undefined>;

/** Shares of time at work since the last reading, 0..1. */
export interface CpuReading {
  readonly total: number;
  readonly perCore: readonly number[];
}

/** Bytes. */
export interface SwapReading {
  readonly used: number;
  readonly total: number;
}

/** Bytes a second since the last reading: read or received, and written or sent. */
export interface Traffic {
  readonly in: number;
  readonly out: number;
}

/** Everything that is asked of the machine, one port for each. */
export interface MachineSensors {
  /** Takes the first marks, so that what is counted between two readings has something to be counted from. */
  readonly prime: () => Promise<void>;
  readonly cpu: Sensor<CpuReading>;
  /** Cores and memory, of the container where there is one. */
  readonly capacity: Sensor<Capacity>;
  readonly swap: Sensor<SwapReading>;
  readonly disk: Sensor<Disk>;
  readonly diskTraffic: Sensor<Traffic>;
  readonly network: Sensor<Traffic>;
  /** Processes that ran or wanted to, over the last minute. */
  readonly load: () => number;
  /** `undefined` on systems without such figures. */
  readonly pressure: () => Pressure | undefined;
  /** As they were last seen: asking them takes too long to be waited for. */
  readonly gpus: () => readonly Gpu[];
  readonly battery: () => Battery | undefined;
}
