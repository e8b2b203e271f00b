import { isRetryable, type Outcome } from './outcome.ts';
import type { TaskSpec } from './spec.ts';

const LONGEST_BACKOFF_MS = 3_600_000;

/** When a run that ended so is tried again, in milliseconds since the epoch; `undefined` when it is not. `attempts` counts the runs begun. */
export function retryAt(spec: TaskSpec, attempts: number, outcome: Outcome, now: number): number | undefined {
  if (!isRetryable(outcome) || attempts > spec.retries) return undefined;
  const delay = spec.backoffMs * 2 ** Math.max(0, attempts - 1);
  return now + Math.min(delay, LONGEST_BACKOFF_MS);
}
