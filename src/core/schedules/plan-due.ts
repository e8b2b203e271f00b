import type { MissedPolicy, ScheduleRule } from '../model/schedules/schedule.ts';
import { latestDues } from './dues-between.ts';
import type { TimeZone } from './time-zone.ts';

/** A due time that is met so late is not missed: an engine may have been busy, or just starting. */
export const ON_TIME_MS = 60_000;
/** Of due times that were missed, at most the latest so many are made up for. */
export const MOST_MISSED = 100;

/** The due times to run for now, in ascending order, when the next one was to be at `nextAt`. */
export function planDue(rule: ScheduleRule, zone: TimeZone, missed: MissedPolicy, nextAt: number, now: number): readonly number[] {
  if (nextAt > now) return [];
  const first = missed === 'skip' ? Math.max(nextAt, now - ON_TIME_MS) : nextAt;
  return latestDues(rule, zone, first, now, missed === 'all' ? MOST_MISSED : 1);
}
