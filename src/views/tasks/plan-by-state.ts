import type { BatchView, Counts, DueSchedules, TaskGroup, TaskPage } from '../../core/engine/engine-port.ts';
import { presentGroup, TASK_GROUPS } from '../../core/present/tasks/present-group.ts';
import { presentMore } from '../../core/present/tasks/present-more.ts';
import type { BatchId } from '../../core/model/ids.ts';
import { foldBatches } from './fold-batches.ts';
import type { BatchPlan, DuePlan, GroupPlan, RowPlan } from './row-plan.ts';

export interface StateInput {
  readonly counts: Counts;
  readonly paused: boolean;
  /** The loaded part of a group; `undefined` while nobody has looked into it. */
  readonly page: (group: TaskGroup) => TaskPage | undefined;
  /** Schedules that come due next. */
  readonly dues: DueSchedules;
  readonly batches: ReadonlyMap<BatchId, BatchView>;
  readonly batchRow: (batch: BatchView) => BatchPlan;
  readonly pageSize: number;
}

/** Running, Waiting, Scheduled, Finished; a group with nothing in it has no row. */
export function planByState(input: StateInput): readonly GroupPlan[] {
  const dues = (group: TaskGroup): number => (group === 'scheduled' ? input.dues.total : 0);
  return TASK_GROUPS.filter((group) => input.counts[group] + dues(group) > 0 || (input.page(group)?.items.length ?? 0) > 0).map((group) => ({
    kind: 'group',
    key: group,
    face: presentGroup(group, input.counts, input.paused, dues(group)),
    // What is due next should be seen; tasks for later alone can wait to be looked for.
    startsExpanded: group !== 'scheduled' || input.dues.total > 0,
    rows: rowsOf(group, input),
  }));
}

function rowsOf(group: TaskGroup, { page, dues, batches, batchRow, pageSize }: StateInput): readonly RowPlan[] | undefined {
  const loaded = page(group);
  if (loaded === undefined) return undefined;
  const rows: RowPlan[] = group === 'finished' ? foldBatches(loaded.items, batches, batchRow) : loaded.items.map((view) => ({ kind: 'task', view }));
  const hidden = loaded.total - loaded.items.length;
  if (group !== 'scheduled') return hidden > 0 ? [...rows, { kind: 'more', face: presentMore(hidden, pageSize) }] : rows;
  const inOrder = [...rows, ...dues.items.map((view): DuePlan => ({ kind: 'due', view }))].sort((a, b) => dueAt(a) - dueAt(b));
  const all = hidden + dues.total - dues.items.length;
  const noun = hidden === 0 ? 'schedule' : hidden === all ? 'task' : 'row';
  return all > 0 ? [...inOrder, { kind: 'more', face: presentMore(all, pageSize, noun) }] : inOrder;
}

/** When a task for later, or a schedule, comes due. */
function dueAt(row: RowPlan): number {
  if (row.kind === 'task') return row.view.wait?.type === 'schedule' ? row.view.wait.until : 0;
  return row.kind === 'due' && row.view.state.type === 'due' ? row.view.state.at : Number.POSITIVE_INFINITY;
}
