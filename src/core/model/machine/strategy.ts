/** What the machine's state asks of the scheduler. */
export type Strategy = 'normal' | 'conserve' | 'critical';

/** What is measured against thresholds; all are shares, 0..1. */
export type Measure = 'cpu' | 'memory' | 'disk' | 'pressure';

/** From `enter` on the measure asks for `conserve`, from `critical` on for `critical`, until it has fallen to `release`. */
export interface Threshold {
  readonly enter: number;
  readonly critical: number;
  readonly release: number;
}

/** Why a strategy is in force. */
export interface StrategyReason {
  readonly measure: Measure;
  readonly value: number;
  readonly threshold: number;
}

export interface StrategyView {
  readonly strategy: Strategy;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Empty when it is `normal`, or a person's wish. */
  readonly reasons: readonly StrategyReason[];
  /** What a person pinned; `undefined` when the machine decides. */
  readonly pinned: Strategy | undefined;
  /** By how much limits have grown because the machine was idle while work waited; 1 for not at all. */
  readonly growth: number;
}

/** A change of strategy, or something done because of one, with the figures behind it. */
export interface Decision {
  readonly at: number;
  readonly strategy: Strategy;
  /** In words, for people. */
  readonly what: string;
  /** A change of strategy that was only written down, or that was applied; absent for anything else. */
  readonly isShadow?: boolean | undefined;
  readonly reasons: readonly StrategyReason[];
}
