import type { BatchView, Counts, TaskGroup, TaskPage } from '../core/engine/engine-port.ts';
import { presentGroup, TASK_GROUPS } from '../core/present/present-group.ts';
import { presentMore } from '../core/present/present-more.ts';
import type { BatchId } from '../core/model/ids.ts';
import { foldBatches } from './fold-batches.ts';
import type { BatchPlan, GroupPlan, RowPlan } from './row-plan.ts';

export interface StateInput {
  readonly counts: Counts;
  readonly paused: boolean;
  /** The loaded part of a group; `undefined` while nobody has looked into it. */
  readonly page: (group: TaskGroup) => TaskPage | undefined;
  readonly batches: ReadonlyMap<BatchId, BatchView>;
  readonly batchRow: (batch: BatchView) => BatchPlan;
  readonly pageSize: number;
}

/** Running, Waiting, Scheduled, Finished; a group without tasks has no row. */
export function planByState(input: StateInput): readonly GroupPlan[] {
  return TASK_GROUPS.filter((group) => input.counts[group] > 0 || (input.page(group)?.items.length ?? 0) > 0).map((group) => ({
    kind: 'group',
    key: group,
    face: presentGroup(group, input.counts, input.paused),
    startsExpanded: group !== 'scheduled',
    rows: rowsOf(group, input),
  }));
}

function rowsOf(group: TaskGroup, { page, batches, batchRow, pageSize }: StateInput): readonly RowPlan[] | undefined {
  const loaded = page(group);
  if (loaded === undefined) return undefined;
  const rows: RowPlan[] = group === 'finished' ? foldBatches(loaded.items, batches, batchRow) : loaded.items.map((view) => ({ kind: 'task', view }));
  const hidden = loaded.total - loaded.items.length;
  if (hidden > 0) rows.push({ kind: 'more', face: presentMore(hidden, pageSize) });
  return rows;
}
