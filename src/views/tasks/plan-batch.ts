import type { BatchView, TaskView } from '../../core/engine/engine-port.ts';
import { batchHighlights, isFailed } from '../../core/present/tasks/batch-highlights.ts';
import { presentMore } from '../../core/present/tasks/present-more.ts';
import type { BatchPlan, RowPlan } from './row-plan.ts';

/** How far a batch is opened: its tasks as read, and how many of them to show; without a number, the remarkable ones if it is over. */
export interface OpenBatch {
  readonly tasks: readonly TaskView[];
  readonly limit: number | undefined;
}

/** A batch as a row, opened or not. */
export function planBatch(batch: BatchView, open: OpenBatch | undefined, pageSize: number): BatchPlan {
  const isOver = batch.finished >= batch.total;
  if (open === undefined) return { kind: 'batch', batch, rows: undefined };
  const { tasks } = open;
  const candidates = isOver && open.limit === undefined ? batchHighlights(tasks) : inOrder(tasks);
  const rows: RowPlan[] = candidates.slice(0, open.limit ?? pageSize).map((view) => ({ kind: 'task', view }));
  const hidden = tasks.length - rows.length;
  if (hidden > 0) rows.push({ kind: 'more', face: presentMore(hidden, pageSize) });
  return { kind: 'batch', batch, rows };
}

/** What runs first, then what waits, what failed, the rest. */
function inOrder(views: readonly TaskView[]): readonly TaskView[] {
  const rank = (view: TaskView): number => {
    if (view.task.state.status === 'queued') return 1;
    if (view.task.state.status !== 'finished') return 0;
    return isFailed(view) ? 2 : 3;
  };
  return [...views].sort((a, b) => rank(a) - rank(b) || a.task.id - b.task.id);
}
