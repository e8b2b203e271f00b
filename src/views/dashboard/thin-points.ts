import type { MachinePoint } from '../../core/model/machine-point.ts';
import type { Pressure } from '../../core/model/pressure.ts';
import type { Strategy } from '../../core/model/strategy.ts';

const STRICTNESS: readonly Strategy[] = ['normal', 'conserve', 'critical'];

/** At most so many points: neighbours are joined into one, whose peaks are the highest and whose strategy is the strictest of theirs. */
export function thinPoints(points: readonly MachinePoint[], most: number): readonly MachinePoint[] {
  if (points.length <= most) return points;
  const size = Math.ceil(points.length / most);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => joined(points.slice(index * size, (index + 1) * size)));
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
