/** A moment by the clocks of a time zone, `local` or an IANA name: `Thu, Jan 31, 08:00`, with seconds and the year where they say something. */
export function formatMoment(at: number, now: number, timeZone: string, locale?: string): string {
  const zone = timeZone === 'local' ? {} : { timeZone };
  const year = (when: number): string => new Intl.DateTimeFormat('en', { ...zone, year: 'numeric' }).format(when);
  return new Intl.DateTimeFormat(locale, {
    ...zone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    ...(at % 60_000 !== 0 && { second: '2-digit' }),
    ...(year(at) !== year(now) && { year: 'numeric' }),
  }).format(at);
}
