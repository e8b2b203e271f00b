import type { MachinePoint } from '../model/machine/machine-point.ts';

/** For points in ascending order: how much of a while, in milliseconds, somebody watched the machine. */
export function watchedTime(points: readonly Pick<MachinePoint, 'at' | 'lasts'>[]): (from: number, to: number) => number {
  const before: number[] = [];
  let total = 0;
  for (const { lasts } of points) {
    before.push(total);
    total += lasts;
  }
  const until = (time: number): number => {
    let [low, high] = [0, points.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (points[middle]!.at < time) low = middle + 1;
      else high = middle;
    }
    const last = points[low - 1];
    return last === undefined ? 0 : before[low - 1]! + Math.min(last.lasts, time - last.at);
  };
  return (from, to) => Math.max(0, until(to) - until(from));
}
