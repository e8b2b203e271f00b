import type { MachinePoint, TimeSpan } from '../../src/core/model/machine/machine-point.ts';
import type { Curve } from '../../src/views/dashboard/shown.ts';
import { longestGap } from './gap.ts';

/** The points to draw: the history with the latest seconds behind it, or what is finer where that covers the window. */
export function pointsFor(window: TimeSpan, history: Curve | undefined, tail: Curve | undefined, detail: Curve | undefined): readonly MachinePoint[] {
  if (detail !== undefined && detail.points.length > 1 && detail.from <= window.from && detail.to >= window.to) return detail.points;
  const points = history?.points ?? [];
  const first = tail?.points[0]?.at;
  if (first === undefined) return points;
  return [...points.filter(({ at }) => at < first), ...tail!.points];
}

/** The middle of the while that a point stands for. */
function timeOfPoint({ at, lasts }: MachinePoint): number {
  return at + lasts / 2;
}

/** The point whose while holds a time, or lies closest to it; `undefined` where nobody looked at the machine. `points` ascend. */
export function pointAt(points: readonly MachinePoint[], time: number): MachinePoint | undefined {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOfPoint(points[middle]!) < time) low = middle + 1;
    else high = middle;
  }
  const [after, before] = [points[low], points[low - 1]];
  const nearest = before !== undefined && after !== undefined && time - timeOfPoint(before) < timeOfPoint(after) - time ? before : after;
  return nearest !== undefined && Math.abs(time - timeOfPoint(nearest)) <= longestGap(nearest.lasts) ? nearest : undefined;
}

/** Columns for a plot: times, then the values of each series; a line is broken where nobody looked. */
export function columnsOf(points: readonly MachinePoint[], values: readonly ((point: MachinePoint) => number | undefined)[]): readonly (readonly (number | null)[])[] {
  const times: number[] = [];
  const columns = values.map((): (number | null)[] => []);
  let before: MachinePoint | undefined;
  for (const point of points) {
    if (before !== undefined && point.at - before.at > longestGap(Math.max(before.lasts, point.lasts))) {
      times.push(before.at + before.lasts);
      for (const column of columns) column.push(null);
    }
    times.push(timeOfPoint(point));
    for (const [index, column] of columns.entries()) column.push(values[index]!(point) ?? null);
    before = point;
  }
  return [times, ...columns];
}
