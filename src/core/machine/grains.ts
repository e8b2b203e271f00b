import type { TimeSpan } from '../model/machine/machine-point.ts';

/** How finely the past is known, and for how long; milliseconds. */
export interface Grain {
  readonly lasts: number;
  readonly keepMs: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Finest first. */
export const GRAINS: readonly Grain[] = [
  { lasts: 1000, keepMs: 10 * MINUTE },
  { lasts: 10_000, keepMs: DAY },
  { lasts: 5 * MINUTE, keepMs: 90 * DAY },
];

/** Whoever asks for the last ten minutes was a moment on the way. */
const SLACK_MS = 5000;

/** Each grain is kept for a little longer than it says, so that a span that just fits is whole. */
export const KEPT_LONGER_MS = 30_000;

/** The finest grain that reaches back to the begin of the span. */
export function grainFor({ from }: TimeSpan, now: number): Grain {
  return GRAINS.find(({ keepMs }) => from >= now - keepMs - SLACK_MS) ?? GRAINS.at(-1)!;
}
