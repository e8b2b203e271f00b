import type { ScheduleRule, Weekday } from '../model/schedules/schedule.ts';
import { cronCalendar } from './cron-calendar.ts';
import { nextDue } from './next-due.ts';
import { RULE_FIELDS, type RawSchedule } from './raw-schedule.ts';
import { readMoment } from './read-moment.ts';
import { minutesOf } from './time-text.ts';
import type { TimeZone } from './time-zone.ts';

const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** The rule that a schedule's fields say, `undefined` when something is wrong with them, which is reported. An interval counts from `now` unless it says otherwise. */
export function readRule(raw: RawSchedule, zone: TimeZone, now: number, report: (field: string, message: string) => void): ScheduleRule | undefined {
  const given = RULE_FIELDS.filter((field) => raw[field] !== undefined);
  const [field] = given;
  if (field === undefined || given.length > 1) {
    report(given[1] ?? '', field === undefined ? `missing: a schedule needs one of ${RULE_FIELDS.map((name) => `\`${name}\``).join(', ')}` : `a schedule has only one of ${given.map((name) => `\`${name}\``).join(' and ')}`);
    return undefined;
  }
  if (raw.starting !== undefined && field !== 'every') report('starting', 'only goes with `every`');
  const moment = (name: 'starting' | 'once'): number | undefined => {
    const at = readMoment(raw[name]!, zone);
    if (at === undefined) report(name, `there is no such day, got \`${raw[name]!}\``);
    return at;
  };
  switch (field) {
    case 'every': {
      const anchor = raw.starting === undefined ? now : moment('starting');
      return anchor === undefined ? undefined : { type: 'interval', everyMs: raw.every!, anchor };
    }
    case 'daily':
      return { type: 'daily', time: minutesOf(raw.daily!) };
    case 'weekly':
      return { type: 'weekly', days: weekdaysOf(raw.weekly!.days), time: minutesOf(raw.weekly!.time) };
    case 'monthly':
      return { type: 'monthly', day: raw.monthly!.day, time: minutesOf(raw.monthly!.time) };
    case 'once': {
      const at = moment('once');
      return at === undefined ? undefined : { type: 'once', at };
    }
    case 'cron':
      return readCron(raw.cron!, zone, now, report);
  }
}

function readCron(expression: string, zone: TimeZone, now: number, report: (field: string, message: string) => void): ScheduleRule | undefined {
  const calendar = cronCalendar(expression);
  const rule: ScheduleRule = { type: 'cron', expression };
  if (calendar.ok && nextDue(rule, zone, now) !== undefined) return rule;
  report('cron', calendar.ok ? `never comes due: no day fits \`${expression}\`` : calendar.error);
  return undefined;
}

function weekdaysOf(names: readonly string[]): readonly Weekday[] {
  const numbers = names.map((name) => WEEKDAYS.indexOf(name.slice(0, 3).toLowerCase()) as Weekday);
  return [...new Set(numbers)].sort((a, b) => a - b);
}
