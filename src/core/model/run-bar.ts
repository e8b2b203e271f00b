import type { RunId, TaskId } from './ids.ts';
import type { Outcome } from './outcome.ts';

/** A run as a bar on a time axis; milliseconds since the epoch. */
export interface RunBar {
  readonly task: TaskId;
  readonly run: RunId;
  readonly name: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly agent: string | undefined;
  /** Since when it waited. */
  readonly waitedFrom: number;
  readonly startedAt: number;
  /** `undefined` while it runs. */
  readonly endedAt: number | undefined;
  readonly outcome: Outcome | undefined;
  readonly isFailure: boolean;
}
