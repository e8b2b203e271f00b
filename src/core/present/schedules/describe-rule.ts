import type { Schedule, ScheduleRule, Weekday } from '../../model/schedules/schedule.ts';
import { timeText } from '../../schedules/time-text.ts';
import { formatMoment } from '../format/format-moment.ts';

const NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const EVERY_MONTH_HAS = 28;

/** When a schedule comes due, in words: `every day at 08:00 (Europe/Berlin)`. */
export function describeRule({ rule, timeZone }: Pick<Schedule, 'rule' | 'timeZone'>, now: number, locale?: string): string {
  const words = inWords(rule, timeZone, now, locale);
  return timeZone === 'local' || rule.type === 'interval' ? words : `${words} (${timeZone})`;
}

function inWords(rule: ScheduleRule, timeZone: string, now: number, locale: string | undefined): string {
  switch (rule.type) {
    case 'interval':
      return `every ${exactSpan(rule.everyMs)}`;
    case 'daily':
      return `every day at ${timeText(rule.time)}`;
    case 'weekly':
      return `${weekdaysText(rule.days)} at ${timeText(rule.time)}`;
    case 'monthly':
      if (rule.day === 'last') return `on the last day of every month at ${timeText(rule.time)}`;
      return `on day ${rule.day} of every month${rule.day > EVERY_MONTH_HAS ? ', or its last,' : ''} at ${timeText(rule.time)}`;
    case 'once':
      return `once, ${formatMoment(rule.at, now, timeZone, locale)}`;
    case 'cron':
      return `cron ${rule.expression}`;
  }
}

/** A span to the second, in as few units as it takes: a day of elapsed time is not a day of the calendar, so it is 24 hours. */
function exactSpan(ms: number): string {
  const seconds = ms / 1000;
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds / 60) % 60, 'min'], [seconds % 60, 's']] as const;
  return parts.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}`).join(' ');
}

export function weekdayName(day: Weekday): string {
  return NAMES[day];
}

function weekdaysText(days: readonly Weekday[]): string {
  if (days.length === NAMES.length) return 'every day';
  if (String(days) === '1,2,3,4,5') return 'Monday to Friday';
  // The week begins on Monday in a list of its days.
  const names = [...days].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map(weekdayName);
  const last = names.pop()!;
  return `every ${names.length === 0 ? last : `${names.join(', ')} and ${last}`}`;
}
