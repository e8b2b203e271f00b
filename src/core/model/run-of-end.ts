import type { Run } from './run.ts';
import type { Task } from './task.ts';

/** The run that a finished task ended with; `undefined` where it was cancelled or skipped in the queue, before any run or after earlier ones. */
export function runOfEnd({ task: { state }, run }: { readonly task: Task; readonly run: Run | undefined }): Run | undefined {
  if (state.status !== 'finished' || run === undefined) return undefined;
  // The end of a run is that of its task; an earlier run ended before.
  return (run.endedAt ?? state.finishedAt) >= state.finishedAt ? run : undefined;
}
