/** Milliseconds until the next day begins, where this machine is. A day of a changing clock is longer or shorter. */
export function untilMidnight(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime() - now;
}
