import type { MachinePoint } from '../../model/machine/machine-point.ts';
import type { RunBar } from '../../model/run-bar.ts';

/** How many runs were under way, and how many waited, in the middle of each point. */
export interface Occupancy {
  readonly running: Int32Array;
  readonly waiting: Int32Array;
}

export function occupancyOf(bars: readonly RunBar[], points: readonly MachinePoint[]): Occupancy {
  const middles = points.map((point) => point.at + point.lasts / 2);
  return {
    running: counted(bars.map((bar) => [bar.startedAt, bar.endedAt ?? Infinity]), middles),
    waiting: counted(bars.map((bar) => [bar.waitedFrom, bar.startedAt]), middles),
  };
}

/** Of spans that begin at or before a moment and end after it, by their beginnings and ends: no span is held against every moment. */
function counted(spans: readonly (readonly [from: number, to: number])[], moments: readonly number[]): Int32Array {
  const changes = new Int32Array(moments.length + 1);
  for (const [from, to] of spans) {
    changes[firstAtOrAfter(moments, from)]!++;
    changes[Math.max(firstAtOrAfter(moments, to), firstAtOrAfter(moments, from))]!--;
  }
  const counts = new Int32Array(moments.length);
  let now = 0;
  for (let index = 0; index < moments.length; index++) counts[index] = now += changes[index]!;
  return counts;
}

function firstAtOrAfter(moments: readonly number[], moment: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (moments[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
