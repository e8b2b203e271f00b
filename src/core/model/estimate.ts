/**
 * Where a figure comes from: the spec, its script's past runs, its type, a run that died for lack of it, or, while too few
 * runs of the script are known, a careful guess.
 */
export type EstimateSource = 'declared' | 'learned' | 'type' | 'shortage' | 'guess';

export interface Estimated {
  /** Cores or bytes. */
  readonly value: number;
  readonly source: EstimateSource;
  /** Past runs behind it; 0 unless it was learned, or guessed after a few. */
  readonly runs: number;
}

/** What a task is taken to need. */
export interface Estimate {
  readonly cpu: Estimated;
  readonly memory: Estimated;
}
