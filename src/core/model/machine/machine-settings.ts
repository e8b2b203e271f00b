import type { Measure, Threshold } from './strategy.ts';

/** How the machine is watched and what is done about it; for all engines of the machine. */
export interface MachineSettings {
  /** Between two looks while something runs or somebody looks; milliseconds. */
  readonly periodMs: number;
  readonly thresholds: Readonly<Record<Measure, Threshold>>;
  /** How long a measure must be over its threshold, or below its release level, before the strategy changes; milliseconds. */
  readonly dwellMs: number;
  readonly releaseMs: number;
  /** Whether limits may grow while the machine is idle and work waits, and up to which factor. */
  readonly adaptive: boolean;
  readonly ceiling: number;
  /** What becomes of a running task when memory stays short: `suspend` stops it for a while, `kill` ends it. */
  readonly whenCritical: 'wait' | 'suspend' | 'kill';
  /** Tasks of this priority or lower (a higher number) run quietly while a person is at work; `undefined` for none. */
  readonly yieldFrom: number | undefined;
  /** Limits are only written down, not applied. */
  readonly shadow: boolean;
}

const atMost = (enter: number, critical: number, release: number): Threshold => ({ enter, critical, release });

export const DEFAULT_MACHINE_SETTINGS: MachineSettings = {
  periodMs: 1000,
  thresholds: { cpu: atMost(0.85, 1.01, 0.75), memory: atMost(0.85, 0.95, 0.78), disk: atMost(0.9, 0.97, 0.88), pressure: atMost(0.4, 0.8, 0.2) },
  dwellMs: 5000,
  releaseMs: 15_000,
  adaptive: true,
  ceiling: 2,
  whenCritical: 'suspend',
  yieldFrom: 7,
  shadow: false,
};
