/** Longer than this many points' length without a point, nobody looked at the machine. */
const POINTS = 2.5;
/** While the machine is idle it is looked at less often than once a second: each ten seconds, now and then later. */
const IDLE_MS = 25_000;

/** How far apart two points may be, in milliseconds, for a line to go on between them. */
export function longestGap(lasts: number): number {
  return Math.max(POINTS * lasts, IDLE_MS);
}
