import type { Measure, Strategy, StrategyReason } from '../model/machine/strategy.ts';
import { stricter } from './severity.ts';

/** Where one measure stands: what it asks for, and for each stricter and laxer strategy since when it has wanted at least, or at most, that. */
export interface MeasureState {
  readonly asks: Strategy;
  readonly lasting: Readonly<Partial<Record<Strategy, number>>>;
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

const CALM = { cpu: 'normal', memory: 'normal', disk: 'normal', pressure: 'normal' } as const;

export function calmState(now: number): StrategyState {
  return resumedState(CALM, 1, now);
}

/** The strictest measure decides. */
export function askedBy(asks: Readonly<Record<Measure, Strategy>>): Strategy {
  return MEASURES.map((name) => asks[name]).reduce(stricter);
}

/** Goes on where another engine has left off. */
export function resumedState(asks: Readonly<Record<Measure, Strategy>>, growth: number, now: number): StrategyState {
  const of = (name: Measure): MeasureState => ({ asks: asks[name], lasting: {} });
  return { strategy: askedBy(asks), since: now, reasons: [], measures: { cpu: of('cpu'), memory: of('memory'), disk: of('disk'), pressure: of('pressure') }, sampledAt: now, growth, growthAt: now };
}
