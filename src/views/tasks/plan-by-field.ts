import type { TaskGroup, TaskPage, TaskView } from '../../core/engine/engine-port.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import { isFailed } from '../../core/present/tasks/batch-highlights.ts';
import { presentBucket, TASK_GROUPS, type Tally } from '../../core/present/tasks/present-group.ts';
import { presentMore } from '../../core/present/tasks/present-more.ts';
import { groupedBy } from './grouped-by.ts';
import type { RowPlan } from './row-plan.ts';

export type Field = 'type' | 'role' | 'agent' | 'milestone';

/** Loaded tasks below what they have in common, in each bucket in the order running, waiting, scheduled, finished. */
export function planByField(field: Field, valueOf: (spec: TaskSpec) => string | undefined, page: (group: TaskGroup) => TaskPage | undefined, pageSize: number): readonly RowPlan[] {
  const pages = TASK_GROUPS.map(page);
  const isWhole = (group: TaskGroup): boolean => hiddenOf(page(group)) === 0;
  const buckets = groupedBy(
    pages.flatMap((loaded) => loaded?.items ?? []),
    ({ task }) => valueOf(task.spec),
  );
  const rows: RowPlan[] = [...buckets].sort(([a], [b]) => byName(a, b)).map(([value, views]) => ({
    kind: 'group',
    key: value === undefined ? `no-${field}` : `${field}-${value}`,
    face: presentBucket(field, value, { ...tally(views), isWaitingWhole: isWhole('waiting') && isWhole('scheduled'), isFinishedWhole: isWhole('finished') }),
    startsExpanded: true,
    rows: views.map((view) => ({ kind: 'task', view })),
  }));
  const hidden = pages.reduce((sum, loaded) => sum + hiddenOf(loaded), 0);
  if (hidden > 0) rows.push({ kind: 'more', face: presentMore(hidden, pageSize) });
  return rows;
}

function hiddenOf(loaded: TaskPage | undefined): number {
  return loaded === undefined ? 0 : loaded.total - loaded.items.length;
}

/** Those without the field come last. */
function byName(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function tally(views: readonly TaskView[]): Omit<Tally, 'isWaitingWhole' | 'isFinishedWhole'> {
  const finished = views.filter(({ task }) => task.state.status === 'finished').length;
  const waiting = views.filter(({ task }) => task.state.status === 'queued').length;
  return { running: views.length - finished - waiting, waiting, finished, failed: views.filter(isFailed).length };
}
