import { nextDue } from '../../schedules/next-due.ts';
import { isTimeZone, TimeZone } from '../../schedules/time-zone.ts';
import type { StoredSchedule } from '../../store/schedule-table.ts';
import type { Store } from '../../store/store.ts';

/** A program of another age may know more zones than this one. */
export function isKnownZone(timeZone: string): boolean {
  return timeZone === 'local' || isTimeZone(timeZone);
}

/** The next due time of a schedule from now on, if any. One that was met already is not met again, though clocks were set back. */
export function reckonNext(store: Store, { id, rule, timeZone, paused, trusted }: Pick<StoredSchedule, 'id' | 'rule' | 'timeZone' | 'paused' | 'trusted'>, now: number): number | undefined {
  if (paused || !trusted || !isKnownZone(timeZone)) return undefined;
  const zone = new TimeZone(timeZone);
  let next = nextDue(rule, zone, now);
  while (next !== undefined && store.scheduleRuns.has(id, next)) next = nextDue(rule, zone, next);
  return next;
}
