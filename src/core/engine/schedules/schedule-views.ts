import type { ScheduleId } from '../../model/ids.ts';
import type { Schedule, ScheduleState } from '../../model/schedules/schedule.ts';
import type { ScheduleView } from '../../model/schedules/schedule-view.ts';
import { isInside } from '../../spec/paths.ts';
import type { StoredSchedule } from '../../store/schedule-table.ts';
import type { Store } from '../../store/store.ts';
import type { DueSchedules } from '../engine-port.ts';

/** Runs shown of each schedule. */
const MOST_RUNS = 10;

/** The schedules of these workspaces, with what became of them lately. */
export function scheduleViews(store: Store, workspaces: readonly string[]): readonly ScheduleView[] {
  return views(store, store.schedules.ofWorkspaces(workspaces).sort((a, b) => a.id - b.id));
}

/** Those of them that come due, the next first. */
export function dueSchedules(store: Store, workspaces: readonly string[], limit: number): DueSchedules {
  return { items: views(store, store.schedules.dueNext(workspaces, limit)), total: store.schedules.countDue(workspaces) };
}

function views(store: Store, schedules: readonly StoredSchedule[]): readonly ScheduleView[] {
  const served = store.engines.all().filter(({ runsTasks }) => runsTasks).flatMap(({ roots }) => roots);
  return schedules.map((stored) => ({
    schedule: scheduleOf(stored),
    state: stateOf(store, stored),
    isServed: served.some((root) => isInside(stored.workspace, root)),
    runs: store.scheduleRuns.latest(stored.id, MOST_RUNS),
  }));
}

function scheduleOf({ id, workspace, name, rule, timeZone, missed, overlap, role, paused, source, request }: StoredSchedule): Schedule {
  return { id, workspace, name, rule, timeZone, missed, overlap, paused, source, request, ...(role !== undefined && { role }) };
}

function stateOf(store: Store, { id, trusted, paused, nextAt }: StoredSchedule): ScheduleState {
  if (!trusted) return { type: 'untrusted' };
  if (paused) return pausedState(store, id);
  return nextAt === undefined ? { type: 'over' } : { type: 'due', at: nextAt };
}

function pausedState(store: Store, id: ScheduleId): ScheduleState {
  const errors = store.scheduleRuns.failuresInARow(id);
  const last = errors === 0 ? undefined : store.scheduleRuns.latest(id, 1)[0]?.state;
  return last?.type === 'failed' ? { type: 'paused', after: { errors, message: last.message } } : { type: 'paused' };
}
