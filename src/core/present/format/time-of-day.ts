const DAY = 86_400_000;

/** A moment for people in their locale: the time today, else date and time; by 24 hours, as schedules and time axes have it. */
export function timeOfDay(at: number, now: number, locale?: string): string {
  const time = new Date(at).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
  const isToday = Math.abs(now - at) < DAY && new Date(at).getDate() === new Date(now).getDate();
  return isToday ? time : `${new Date(at).toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' })}, ${time}`;
}
