/** Tasks by group. */
export interface Counts {
  readonly running: number;
  readonly waiting: number;
  readonly scheduled: number;
  readonly finished: number;
  /** Those finished otherwise than expected. */
  readonly failed: number;
}
