const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A 29 February on a given day of the week may be 40 years away. */
const FARTHEST_DAYS = 41 * 366;

/** A day of the Gregorian calendar; months count from 1. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Sunday is 0. */
  readonly weekday: number;
}

/** Wall times that repeat: on certain days, at certain times of the day. The lists ascend. */
export interface Calendar {
  readonly isDay: (day: CalendarDay) => boolean;
  readonly hours: readonly number[];
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
}

/** The calendar's first wall time after another; `undefined` when it has none. */
export function nextWall(calendar: Calendar, after: number): number | undefined {
  const first = Math.floor(after / SECOND_MS) * SECOND_MS + SECOND_MS;
  let day = Math.floor(first / DAY_MS);
  let from = first - day * DAY_MS;
  for (const last = day + FARTHEST_DAYS; day < last; day++, from = 0) {
    if (!calendar.isDay(dayOf(day))) continue;
    const time = firstTime(calendar, from);
    if (time !== undefined) return day * DAY_MS + time;
  }
  return undefined;
}

export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function dayOf(number: number): CalendarDay {
  const date = new Date(number * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() };
}

/** Milliseconds since midnight of the first time of the day that is not before `from`. */
function firstTime({ hours, minutes, seconds }: Calendar, from: number): number | undefined {
  for (const hour of hours) {
    if ((hour + 1) * HOUR_MS <= from) continue;
    for (const minute of minutes) {
      const start = hour * HOUR_MS + minute * MINUTE_MS;
      if (start + MINUTE_MS <= from) continue;
      const second = seconds.find((each) => start + each * SECOND_MS >= from);
      if (second !== undefined) return start + second * SECOND_MS;
    }
  }
  return undefined;
}
