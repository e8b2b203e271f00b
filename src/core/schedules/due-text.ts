import { isTimeZone, TimeZone } from './time-zone.ts';

/** A due time by the clocks here and, where they read otherwise, by those of its schedule: `2030-01-31 09:30 (08:30 in Europe/London)`. */
export function dueText(at: number, timeZone: string, here = 'local'): string {
  const text = clockText(at, here);
  // A program of another age may know more zones than this one.
  const there = timeZone === 'local' || !isTimeZone(timeZone) ? text : clockText(at, timeZone);
  if (there === text) return text;
  const [day, time] = there.split(' ') as [string, string];
  return `${text} (${text.startsWith(day) ? time : there} in ${timeZone})`;
}

function clockText(at: number, timeZone: string): string {
  const text = new Date(new TimeZone(timeZone).wallAt(at)).toISOString().replace('T', ' ');
  return text.slice(0, at % 60_000 === 0 ? 'YYYY-MM-DD HH:MM'.length : 'YYYY-MM-DD HH:MM:SS'.length);
}
