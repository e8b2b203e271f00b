import type { ScheduleRule } from '../model/schedules/schedule.ts';
import { nextWall, type Calendar } from './calendar.ts';
import { calendarOf } from './rule-calendar.ts';
import type { TimeZone } from './time-zone.ts';

const HOURS_OF_A_DAY = 24;

/** The first due time after an instant; `undefined` when there is none. All are milliseconds since the epoch. */
export function nextDue(rule: ScheduleRule, zone: TimeZone, after: number): number | undefined {
  switch (rule.type) {
    case 'interval':
      return rule.anchor + Math.max(0, Math.floor((after - rule.anchor) / rule.everyMs) + 1) * rule.everyMs;
    case 'once':
      return rule.at > after ? rule.at : undefined;
    case 'daily':
    case 'weekly':
    case 'monthly':
    case 'cron': {
      const calendar = calendarOf(rule);
      return calendar.hours.length === HOURS_OF_A_DAY ? nextElapsed(calendar, zone, after) : nextFirst(calendar, zone, after);
    }
  }
}

/** The first few due times after an instant. */
export function nextDues(rule: ScheduleRule, zone: TimeZone, after: number, count: number): readonly number[] {
  const dues: number[] = [];
  while (dues.length < count) {
    const due = nextDue(rule, zone, dues.at(-1) ?? after);
    if (due === undefined) break;
    dues.push(due);
  }
  return dues;
}

/** Each wall time once: the first time it is read, or as soon as clocks have been put forward over it. */
function nextFirst(calendar: Calendar, zone: TimeZone, after: number): number | undefined {
  for (let wall = nextWall(calendar, zone.wallAt(after)); wall !== undefined; ) {
    const at = zone.instantOf(wall);
    if (at > after) return at;
    // Clocks were put back between the two: all that they read again has been.
    const change = zone.firstChange(at, after)!;
    wall = nextWall(calendar, Math.max(wall, change + zone.offsetAt(at) - 1));
  }
  return undefined;
}

/** Who runs every hour goes on through an hour that comes twice, and misses nothing by one that is left out. */
function nextElapsed(calendar: Calendar, zone: TimeZone, after: number): number | undefined {
  let [from, offset] = [after, zone.offsetAt(after)];
  for (let wall = nextWall(calendar, from + offset); wall !== undefined; ) {
    const change = zone.firstChange(from, wall - offset);
    if (change === undefined) return wall - offset;
    [from, offset] = [change, zone.offsetAt(change)];
    wall = nextWall(calendar, from + offset - 1);
  }
  return undefined;
}
