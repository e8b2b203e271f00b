import type { Figure, MachineSample } from '../../model/machine/machine-sample.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCores } from '../format/format-cores.ts';
import { formatRate } from '../format/format-rate.ts';
import { formatShare } from '../format/format-share.ts';

/** A figure of the machine as a tile shows it. */
export interface Tile {
  readonly id: 'cpu' | 'memory' | 'disk' | 'network' | 'load';
  readonly label: string;
  /** With `~` in front when it is a guess. */
  readonly value: string;
  /** Always as many, so that a tile keeps its height while its figures change. */
  readonly details: readonly string[];
  /** 0..1; `undefined` for what has no whole. */
  readonly share: number | undefined;
  /** Shares of single cores; empty for all but the CPU. */
  readonly parts: readonly number[];
}

/** The machine in tiles, the same ones each time. */
export function presentTiles(sample: MachineSample): readonly Tile[] {
  const { cpu, perCore, cores, memory, memoryUsed, memoryTotal, swapUsed, disk, networkIn, networkOut } = sample;
  const mark = (...figures: readonly Figure[]): string => (figures.some((figure) => sample.estimates.includes(figure)) ? '~' : '');
  const tile = (id: Tile['id'], label: string, value: string, details: readonly string[], share?: number): Tile => ({ id, label, value, details, share, parts: [] });
  const swap = swapUsed > 0 ? [`${mark('swap')}${formatBytes(swapUsed)} swapped`] : [];
  const diskShare = disk === undefined || disk.total === 0 ? undefined : 1 - disk.free / disk.total;
  const traffic = [`${mark('diskTraffic')}${formatRate(sample.diskRead)} read`, `${mark('diskTraffic')}${formatRate(sample.diskWrite)} written`];
  return [
    { ...tile('cpu', 'CPU', mark('cpu') + formatShare(cpu), [`of ${formatCores(cores)}`], cpu), parts: perCore },
    tile('memory', 'Memory', mark('memory') + formatShare(memory), [`${mark('memory')}${formatBytes(memoryUsed)} of ${formatBytes(memoryTotal)}`, ...swap], memory),
    tile('disk', 'Disk', diskShare === undefined ? '–' : mark('disk') + formatShare(diskShare), disk === undefined ? traffic : [`${mark('disk')}${formatBytes(disk.free)} free`, ...traffic], diskShare),
    tile('network', 'Network', mark('network') + formatRate(networkIn + networkOut), [`${mark('network')}${formatRate(networkIn)} in`, `${mark('network')}${formatRate(networkOut)} out`]),
    tile('load', 'Load', sample.load.toFixed(1), loadDetails(sample), cores === 0 ? undefined : Math.min(sample.load / cores, 1)),
  ];
}

/** What the look at the machine itself costs. */
export function describeOwnCost({ ownCost }: MachineSample): string {
  return `Watching the machine costs ${(ownCost * 100).toFixed(2)} % of one core.`;
}

function loadDetails({ pressure, gpus, battery }: MachineSample): readonly string[] {
  return [
    ...(pressure === undefined ? ['over the last minute'] : [`pressure: CPU ${formatShare(pressure.cpu)}`, `memory ${formatShare(pressure.memory)}`, `disk ${formatShare(pressure.io)}`]),
    ...gpus.flatMap(({ name, load }) => (load === undefined ? [] : [`${name} ${formatShare(load)}`])),
    ...(battery === undefined ? [] : [`battery ${formatShare(battery.charge)}${battery.isCharging ? ', charging' : ''}`]),
  ];
}
