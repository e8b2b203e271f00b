import type { ScheduleRule } from '../model/schedules/schedule.ts';
import { daysInMonth, type Calendar } from './calendar.ts';
import { cronCalendar } from './cron-calendar.ts';

/** The rules that go by what clocks read. */
export type CalendarRule = Exclude<ScheduleRule, { readonly type: 'interval' | 'once' }>;

/** A rule as a calendar. @throws RangeError for a cron expression that was not checked before. */
export function calendarOf(rule: CalendarRule): Calendar {
  switch (rule.type) {
    case 'daily':
      return { isDay: () => true, ...atTime(rule.time) };
    case 'weekly':
      return { isDay: ({ weekday }) => rule.days.some((day) => day === weekday), ...atTime(rule.time) };
    case 'monthly': {
      const wanted = rule.day === 'last' ? 31 : rule.day;
      return { isDay: ({ year, month, day }) => day === Math.min(wanted, daysInMonth(year, month)), ...atTime(rule.time) };
    }
    case 'cron': {
      const calendar = cronCalendar(rule.expression);
      if (!calendar.ok) throw new RangeError(calendar.error);
      return calendar.value;
    }
  }
}

function atTime(minutes: number): Pick<Calendar, 'hours' | 'minutes' | 'seconds'> {
  return { hours: [Math.floor(minutes / 60)], minutes: [minutes % 60], seconds: [0] };
}
