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
}
