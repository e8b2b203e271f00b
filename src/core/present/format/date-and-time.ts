/** A moment for people in their locale, such as `Jan 31, 2030, 08:00`; by 24 hours, as schedules and time axes have it. */
export function dateAndTime(at: number, locale?: string): string {
  return new Date(at).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'short', hourCycle: 'h23' });
}
