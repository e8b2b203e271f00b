/** Tasks by group. */
export interface Counts {
  readonly running: number;
  readonly waiting: number;
  readonly scheduled: number;
  readonly finished: number;
  /** Those finished whose work went wrong, see `isFailure()`. */
  readonly failed: number;
}
