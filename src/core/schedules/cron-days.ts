import { daysInMonth, type CalendarDay } from './calendar.ts';

/** A value of one of the two day fields of a cron expression: a number, or a word such as `L`, `15W`, `5L`, `5#2`. */
export type DayValue = number | string;

/**
 * Whether a day of the month is meant by the field: `L` is the last one, `L-3` the third before it, `15W` the Monday to Friday
 * nearest to the 15th in the same month, `LW` the last Monday to Friday.
 */
export function isDayOfMonth(value: DayValue, { year, month, day }: CalendarDay): boolean {
  if (typeof value === 'number') return value === day;
  const last = daysInMonth(year, month);
  const [, from = ''] = /^(L|\d+)W$/.exec(value) ?? [];
  if (from !== '') return nearestWorkday(year, month, from === 'L' ? last : Number(from), last) === day;
  const [, before = '0'] = /^L-(\d+)$/.exec(value) ?? [];
  return day === last - Number(before);
}

/** Whether a day of the week is meant by the field: `5L` is the last Friday of the month, `5#2` the second. */
export function isDayOfWeek(value: DayValue, { year, month, day, weekday }: CalendarDay): boolean {
  if (typeof value === 'number') return value === weekday;
  if (Number(value[0]) % 7 !== weekday) return false;
  const [, nth] = /#(\d)$/.exec(value) ?? [];
  return nth === undefined ? day + 7 > daysInMonth(year, month) : Math.ceil(day / 7) === Number(nth);
}

function nearestWorkday(year: number, month: number, day: number, last: number): number | undefined {
  if (day > last) return undefined;
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === last ? day - 2 : day + 1;
  return day;
}
