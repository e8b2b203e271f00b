import type { BatchId } from './ids.ts';

/** A batch with its totals. */
export interface BatchView {
  readonly id: BatchId;
  readonly name: string;
  readonly workspace: string;
  readonly submittedAt: number;
  readonly total: number;
  readonly finished: number;
  readonly failed: number;
  /** From its first start to its last end, of the latest run of each task; of a batch that is over and has run. Milliseconds. */
  readonly wallMs: number | undefined;
}
