import type { Run } from '../../model/run.ts';
import { formatClock, formatDuration } from './format-duration.ts';

/** From the start of a run to its end, or to now while it goes on; `undefined` before its start. Milliseconds. */
export function runSpan(run: Run | undefined, now: number): number | undefined {
  return run?.startedAt === undefined ? undefined : Math.max(0, (run.endedAt ?? now) - run.startedAt);
}

/** A span that is over: to the tenth below ten seconds, where a clock would say `0:00`. */
export function formatSpan(ms: number): string {
  return ms < 9950 ? formatDuration(ms) : formatClock(Math.round(ms / 1000) * 1000);
}
