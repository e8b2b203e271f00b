import type { StoredRun } from '../store/run-table.ts';
import type { StoredTask } from '../store/task-row.ts';

/** A task that was taken from the queue, and its run, which is to be started. */
export interface Claimed {
  readonly task: StoredTask;
  readonly run: StoredRun;
}
