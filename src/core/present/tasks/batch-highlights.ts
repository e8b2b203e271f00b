import type { TaskView } from '../../engine/engine-port.ts';
import { isAsExpected } from '../../model/outcome.ts';

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

function spanOf({ run }: TaskView): number {
  return run?.startedAt === undefined || run.endedAt === undefined ? -1 : run.endedAt - run.startedAt;
}
