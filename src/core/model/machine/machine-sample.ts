import type { Pressure } from './pressure.ts';

export interface Disk {
  /** Bytes of the volume that holds the workspace; `free` is what a user may still write. */
  readonly free: number;
  readonly total: number;
}

export interface Gpu {
  readonly name: string;
  /** Share of time at work, 0..1, and bytes; `undefined` where the driver does not tell. */
  readonly load: number | undefined;
  readonly memoryUsed: number | undefined;
  readonly memoryTotal: number | undefined;
}

export interface Battery {
  /** 0..1 */
  readonly charge: number;
  readonly isCharging: boolean;
}

/** Figures that can be guessed when their sensor fails. */
export type Figure = 'cpu' | 'memory' | 'swap' | 'disk' | 'diskTraffic' | 'network';

/** One look at the machine, or at the container where there is one. Shares are 0..1, sizes bytes, traffic bytes a second. */
export interface MachineSample {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly cpu: number;
  readonly perCore: readonly number[];
  readonly cores: number;
  /** Processes that ran or wanted to, over the last minute; 0 on Windows. */
  readonly load: number;
  readonly memory: number;
  readonly memoryUsed: number;
  readonly memoryTotal: number;
  readonly swapUsed: number;
  readonly swapTotal: number;
  readonly disk: Disk | undefined;
  readonly diskRead: number;
  readonly diskWrite: number;
  readonly networkIn: number;
  readonly networkOut: number;
  readonly pressure: Pressure | undefined;
  readonly gpus: readonly Gpu[];
  readonly battery: Battery | undefined;
  /** Figures that are guesses, since their sensor failed or hangs. */
  readonly estimates: readonly Figure[];
  /** True when there are any. */
  readonly estimated: boolean;
  /** Share of one core that looking at the machine itself has cost lately. */
  readonly ownCost: number;
}
