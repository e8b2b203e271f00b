import type { RunBar } from '../../src/core/model/run-bar.ts';

/** A run in a lane of its own; no other bar of the lane overlaps it. */
export interface PackedBar {
  readonly bar: RunBar;
  readonly lane: number;
  /** Since when its waiting is drawn: later than it began, where another run stood in the lane. */
  readonly waitFrom: number;
  readonly end: number;
}

export interface Packing {
  readonly bars: readonly PackedBar[];
  readonly lanes: number;
}

/** So many lanes are opened to show how long runs waited; more only for runs at the same time. */
const COMFORTABLE_LANES = 8;

/** Puts runs into few lanes: where the whole waiting fits if there is one, else where the run itself fits. */
export function packLanes(runs: readonly RunBar[], now: number): Packing {
  const ends: number[] = [];
  const bars = [...runs]
    .sort((a, b) => a.startedAt - b.startedAt || a.run - b.run)
    .map((bar): PackedBar => {
      const end = Math.max(bar.endedAt ?? now, bar.startedAt);
      const lane = chooseLane(ends, bar);
      const waitFrom = Math.min(Math.max(bar.waitedFrom, ends[lane] ?? -Infinity), bar.startedAt);
      ends[lane] = end;
      return { bar, lane, waitFrom, end };
    });
  return { bars, lanes: ends.length };
}

function chooseLane(ends: readonly number[], { waitedFrom, startedAt }: RunBar): number {
  const whole = ends.findIndex((end) => end <= waitedFrom);
  if (whole >= 0) return whole;
  if (ends.length < COMFORTABLE_LANES) return ends.length;
  let best = -1;
  for (const [lane, end] of ends.entries()) if (end <= startedAt && (best < 0 || end < ends[best]!)) best = lane;
  return best < 0 ? ends.length : best;
}
