import type { MachinePoint } from '../../core/model/machine/machine-point.ts';
import type { Pressure } from '../../core/model/machine/pressure.ts';
import type { Strategy } from '../../core/model/machine/strategy.ts';

const STRICTNESS: readonly Strategy[] = ['normal', 'conserve', 'critical'];

/** At most so many points: those of a while are joined into one, whose peaks are the highest and whose strategy is the strictest of theirs. None stands where there was none. */
export function thinPoints(points: readonly MachinePoint[], most: number): readonly MachinePoint[] {
  if (points.length <= most) return points;
  const first = points[0]!.at;
  const last = points.at(-1)!;
  const whileMs = (last.at + last.lasts - first) / most;
  const groups: MachinePoint[][] = [];
  let before = -1;
  for (const point of points) {
    const index = Math.floor((point.at - first) / whileMs);
    if (index === before) groups.at(-1)!.push(point);
    else groups.push([point]);
    before = index;
  }
  return groups.map(joined);
}

function joined(points: readonly MachinePoint[]): MachinePoint {
  const [first] = points;
  const last = points.at(-1)!;
  const mean = (of: (point: MachinePoint) => number): number => points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const disks = points.flatMap(({ disk }) => disk ?? []);
  return {
    at: first!.at,
    lasts: last.at + last.lasts - first!.at,
    cpu: mean(({ cpu }) => cpu),
    cpuPeak: Math.max(...points.map(({ cpuPeak }) => cpuPeak)),
    memory: mean(({ memory }) => memory),
    memoryPeak: Math.max(...points.map(({ memoryPeak }) => memoryPeak)),
    disk: disks.length === 0 ? undefined : disks.reduce((sum, disk) => sum + disk, 0) / disks.length,
    diskRead: mean(({ diskRead }) => diskRead),
    diskWrite: mean(({ diskWrite }) => diskWrite),
    networkIn: mean(({ networkIn }) => networkIn),
    networkOut: mean(({ networkOut }) => networkOut),
    load: mean(({ load }) => load),
    pressure: joinedPressure(points.flatMap(({ pressure }) => pressure ?? [])),
    strategy: STRICTNESS[Math.max(...points.map(({ strategy }) => STRICTNESS.indexOf(strategy)))] ?? 'normal',
  };
}

function joinedPressure(all: readonly Pressure[]): Pressure | undefined {
  if (all.length === 0) return undefined;
  const most = (of: (pressure: Pressure) => number): number => Math.max(...all.map(of));
  return { cpu: most(({ cpu }) => cpu), memory: most(({ memory }) => memory), io: most(({ io }) => io) };
}
