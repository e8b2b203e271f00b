export type Unit = 'ms' | 'kB' | 'MB' | '%' | '×' | '';

/** One thing measured. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: Unit;
  /** At most this, in the same unit. */
  readonly target?: number;
  /** What to compare it with, or how it came about. */
  readonly beside?: string;
}
