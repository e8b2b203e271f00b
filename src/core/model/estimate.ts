/** Where a figure comes from: the spec, its script's past runs, its type, or a run that died for lack of it. */
export type EstimateSource = 'declared' | 'learned' | 'type' | 'shortage';

export interface Estimated {
  /** Cores or bytes. */
  readonly value: number;
  readonly source: EstimateSource;
  /** Past runs behind it; 0 unless it was learned. */
  readonly runs: number;
}

/** What a task is taken to need. */
export interface Estimate {
  readonly cpu: Estimated;
  readonly memory: Estimated;
}
