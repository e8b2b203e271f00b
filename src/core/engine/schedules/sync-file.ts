import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../../base/log.ts';
import type { ScheduleRule } from '../../model/schedules/schedule.ts';
import type { NewSchedule } from '../../schedules/parse-schedule.ts';
import type { StoredSchedule } from '../../store/schedule-table.ts';
import type { Store } from '../../store/store.ts';
import { reckonNext } from './reckon-next.ts';

/** So long what a person decided of a schedule is kept when its file, or it in there, is away: a branch is switched, a share is not mounted. */
const KEPT_MS = 90 * 86_400_000;

/** Makes the schedules of a workspace file those that were read from it, in one transaction. False when they are so already. */
export function syncFile(store: Store, workspace: string, file: string, schedules: readonly NewSchedule[], now: number, log: Log): boolean {
  // Each window reads the file at its start; a commit would wake all engines.
  if (changesOf(store, workspace, file, schedules, now).length === 0) return false;
  const changes = store.write(() => {
    const due = changesOf(store, workspace, file, schedules, now);
    for (const { before, after } of due) {
      if (after === undefined) {
        store.schedules.setGone(before!.id, now);
        store.scheduleRuns.skipWaiting(before!.id);
      } else {
        const id = before?.id ?? store.schedules.insert({ ...after, nextAt: undefined });
        store.schedules.update(id, { ...after, nextAt: reckonNext(store, { ...after, id }, now) });
      }
    }
    for (const id of store.schedules.goneBefore(now - KEPT_MS)) store.schedules.delete(id);
    store.markChanged();
    return due;
  });
  log.write('info', `Read ${file}: ${changes.map(({ before, after }) => `${after === undefined ? 'removed' : before === undefined ? 'added' : before.goneAt !== undefined ? 'back' : 'changed'} “${(after ?? before!).name}”`).join(', ')}`);
  return true;
}

type Row = Omit<StoredSchedule, 'id' | 'lastBatch' | 'nextAt' | 'goneAt'>;

interface Change {
  readonly before: StoredSchedule | undefined;
  /** `undefined` when the file has it no more. */
  readonly after: Row | undefined;
}

function changesOf(store: Store, workspace: string, file: string, schedules: readonly NewSchedule[], now: number): readonly Change[] {
  const known = new Map(store.schedules.ofFile(workspace, file).map((schedule) => [schedule.name, schedule]));
  const changes: Change[] = schedules.flatMap((schedule) => {
    const before = known.get(schedule.name);
    known.delete(schedule.name);
    const after = merged(before, schedule, now);
    return before !== undefined && isDeepStrictEqual(before, { ...after, id: before.id, nextAt: before.nextAt, lastBatch: before.lastBatch, goneAt: undefined }) ? [] : [{ before, after }];
  });
  const gone = [...known.values()].filter(({ goneAt }) => goneAt === undefined);
  return [...changes, ...gone.map((before) => ({ before, after: undefined }))];
}

/** What a person did to a schedule stays: paused or not, until the file says otherwise; trusted, until it is to queue something else. */
function merged(before: StoredSchedule | undefined, schedule: NewSchedule, now: number): Row {
  const filePaused = schedule.paused;
  if (before === undefined) return { ...schedule, trusted: false, filePaused };
  return {
    ...schedule,
    rule: isSameInterval(before.rule, schedule.rule, now) ? before.rule : schedule.rule,
    paused: filePaused === before.filePaused ? before.paused : filePaused,
    trusted: before.trusted && isDeepStrictEqual(before.request, schedule.request),
    filePaused,
  };
}

/** An interval that does not say from when it counts does so from when it was first read. */
function isSameInterval(before: ScheduleRule, after: ScheduleRule, now: number): boolean {
  return before.type === 'interval' && after.type === 'interval' && before.everyMs === after.everyMs && after.anchor === now;
}
