import type { BatchView, TaskView } from '../../core/engine/engine-port.ts';
import type { BatchId } from '../../core/model/ids.ts';
import { groupedBy } from './grouped-by.ts';
import type { BatchPlan, TaskPlan } from './row-plan.ts';

/** The batches of which more than one task stands in the list. */
export function foldable(views: readonly TaskView[]): readonly BatchId[] {
  return [...groupedBy(views, ({ task }) => task.batch)].filter(([, members]) => members.length > 1).map(([id]) => id);
}

/** Finished tasks as rows, those of a batch that is over as one row where its last task stood. */
export function foldBatches(
  views: readonly TaskView[],
  batches: ReadonlyMap<BatchId, BatchView>,
  asRow: (batch: BatchView) => BatchPlan,
): (TaskPlan | BatchPlan)[] {
  const members = groupedBy(views, ({ task }) => task.batch);
  const folded = new Set<BatchId>();
  return views.flatMap((view): (TaskPlan | BatchPlan)[] => {
    const { batch: id } = view.task;
    const batch = batches.get(id);
    const known = members.get(id) ?? [];
    if (batch === undefined || known.length < 2 || batch.finished < batch.total) return [{ kind: 'task', view }];
    if (folded.has(id)) return [];
    folded.add(id);
    return [asRow(batch)];
  });
}
