const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const STEPS = [
  ...[1, 2, 5, 10, 30].map((count) => count * SECOND),
  ...[1, 2, 5, 10, 30].map((count) => count * MINUTE),
  ...[1, 3, 6, 12].map((count) => count * HOUR),
  ...[1, 2, 7, 14, 30].map((count) => count * DAY),
];

export interface TimeTicks {
  readonly step: number;
  readonly times: readonly number[];
}

/** Round local times between two moments, at most so many. */
export function timeTicks(from: number, to: number, most: number): TimeTicks {
  const step = STEPS.find((candidate) => (to - from) / candidate <= Math.max(most, 1)) ?? STEPS.at(-1)!;
  // Days begin at midnight where the person is, not in Greenwich.
  const offset = new Date(from).getTimezoneOffset() * MINUTE;
  const times: number[] = [];
  for (let time = Math.ceil((from - offset) / step) * step + offset; time <= to; time += step) times.push(time);
  return { step, times };
}

/** What stands at a tick: the time of day, with seconds only where they differ, or the date. */
export function formatTick(time: number, step: number): string {
  const date = new Date(time);
  if (step >= DAY || (date.getHours() === 0 && date.getMinutes() === 0 && step >= MINUTE)) return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
  return date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', ...(step < MINUTE && { second: '2-digit' }) });
}
