import { formatAge } from './format-age.ts';

const STEP_MS = 10_000;
const MINUTE_MS = 60_000;

/** An age for a list that should seldom be drawn anew: by ten seconds in the first minute; `undefined` for a few seconds. */
export function coarseAge(ms: number): string | undefined {
  if (ms < STEP_MS) return undefined;
  return formatAge(ms < MINUTE_MS ? Math.floor(ms / STEP_MS) * STEP_MS : ms);
}
