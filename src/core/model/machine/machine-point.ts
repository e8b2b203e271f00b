import type { Pressure } from './pressure.ts';
import type { Strategy } from './strategy.ts';

/** The machine over a while: means, and the peaks that a mean hides. Units as in `MachineSample`. */
export interface MachinePoint {
  /** Begin of the while, milliseconds since the epoch. */
  readonly at: number;
  /** Its length, milliseconds: 1 s, 10 s or 5 min. */
  readonly lasts: number;
  readonly cpu: number;
  readonly cpuPeak: number;
  readonly memory: number;
  readonly memoryPeak: number;
  /** Share of the volume in use. */
  readonly disk: number | undefined;
  readonly diskRead: number;
  readonly diskWrite: number;
  readonly networkIn: number;
  readonly networkOut: number;
  readonly load: number;
  readonly pressure: Pressure | undefined;
  /** The strictest that was in force. */
  readonly strategy: Strategy;
}

/** Milliseconds since the epoch. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}
