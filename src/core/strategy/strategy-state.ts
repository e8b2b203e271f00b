import type { Measure, Strategy, StrategyReason } from '../model/strategy.ts';

/** Where one measure stands: what it asks for, and since when it has been asking for something else. */
export interface MeasureState {
  readonly asks: Strategy;
  readonly toward: Strategy | undefined;
  readonly towardSince: number;
}

/** The strategy that the machine itself asks for. Plain data: it is kept in the store between two samples. */
export interface StrategyState {
  readonly strategy: Strategy;
  readonly since: number;
  readonly reasons: readonly StrategyReason[];
  readonly measures: Readonly<Record<Measure, MeasureState>>;
  /** Of the last sample. */
  readonly sampledAt: number;
  /** By how much limits have grown; 1 for not at all. */
  readonly growth: number;
  readonly growthAt: number;
}

export const MEASURES: readonly Measure[] = ['memory', 'pressure', 'disk', 'cpu'];

const calm = (now: number): MeasureState => ({ asks: 'normal', toward: undefined, towardSince: now });

export function calmState(now: number): StrategyState {
  return { strategy: 'normal', since: now, reasons: [], measures: { cpu: calm(now), memory: calm(now), disk: calm(now), pressure: calm(now) }, sampledAt: now, growth: 1, growthAt: now };
}
