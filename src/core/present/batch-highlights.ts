import type { TaskView } from '../engine/engine-port.ts';
import { isAsExpected } from '../model/outcome.ts';

const SLOWEST = 5;

/** Of a batch that is over: the tasks that did not end as expected, then the slowest of the rest. */
export function batchHighlights(views: readonly TaskView[], slowest = SLOWEST): readonly TaskView[] {
  const failed = views.filter(isFailed);
  const rest = views.filter((view) => !isFailed(view)).sort((a, b) => spanOf(b) - spanOf(a) || a.task.id - b.task.id);
  return [...failed, ...rest.slice(0, slowest)];
}

/** Whether something went wrong with it. Cancelling was somebody's will, and a skipped task failed only through another one. */
export function isFailed({ task: { state, spec } }: TaskView): boolean {
  return state.status === 'finished' && !['cancelled', 'skipped'].includes(state.outcome.type) && !isAsExpected(state.outcome, spec.expect);
}

/** From the first start to the last end; `undefined` unless every task given is over and at least one has run. Milliseconds. */
export function wallTime(views: readonly TaskView[]): number | undefined {
  let first = Infinity;
  let last = -Infinity;
  for (const { task, run } of views) {
    if (task.state.status !== 'finished') return undefined;
    if (run?.startedAt === undefined) continue;
    first = Math.min(first, run.startedAt);
    last = Math.max(last, run.endedAt ?? task.state.finishedAt);
  }
  return last === -Infinity ? undefined : Math.max(0, last - first);
}

function spanOf({ run }: TaskView): number {
  return run?.startedAt === undefined || run.endedAt === undefined ? -1 : run.endedAt - run.startedAt;
}
