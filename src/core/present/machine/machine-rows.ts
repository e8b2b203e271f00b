import type { Figure, MachineSample } from '../../model/machine/machine-sample.ts';
import type { StrategyView } from '../../model/machine/strategy.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCores } from '../format/format-cores.ts';
import { formatRate } from '../format/format-rate.ts';
import { formatShare } from '../format/format-share.ts';
import { describeReasons } from './present-strategy.ts';

/** A name and a figure with its unit; `~` stands before what is a guess. */
export type MachineRow = readonly [name: string, figure: string];

/** What is known of the machine, as lines of a table. What it does not have, or does not use, has none. */
export function machineRows(sample: MachineSample, strategy: StrategyView | undefined): readonly MachineRow[] {
  const { disk, pressure, gpus, battery } = sample;
  const mark = (figure: Figure): string => (sample.estimates.includes(figure) ? '~' : '');
  const rows: MachineRow[] = [
    ['CPU', `${mark('cpu')}${formatShare(sample.cpu)} of ${formatCores(sample.cores)}`],
    ['Memory', `${mark('memory')}${formatShare(sample.memory)}, ${formatBytes(sample.memoryUsed)} of ${formatBytes(sample.memoryTotal)}`],
  ];
  if (sample.swapUsed > 0) rows.push(['Swap', `${mark('swap')}${formatBytes(sample.swapUsed)} of ${formatBytes(sample.swapTotal)}`]);
  if (disk !== undefined) rows.push(['Disk', `${mark('disk')}${formatBytes(disk.free)} free of ${formatBytes(disk.total)}`]);
  rows.push(['Disk traffic', `${mark('diskTraffic')}${formatRate(sample.diskRead)} read, ${formatRate(sample.diskWrite)} written`]);
  rows.push(['Network', `${mark('network')}${formatRate(sample.networkIn)} in, ${formatRate(sample.networkOut)} out`]);
  // There is no such figure on Windows.
  if (sample.load > 0) rows.push(['Load', `${sample.load.toFixed(1)} over the last minute`]);
  if (pressure !== undefined) rows.push(['Pressure', `CPU ${formatShare(pressure.cpu)}, memory ${formatShare(pressure.memory)}, disk ${formatShare(pressure.io)}`]);
  for (const { name, load } of gpus) if (load !== undefined) rows.push(['Graphics', `${formatShare(load)} of ${name}`]);
  if (battery !== undefined) rows.push(['Battery', `${formatShare(battery.charge)}${battery.isCharging ? ', charging' : ''}`]);
  if (strategy !== undefined) rows.push(['Strategy', `${strategy.strategy}: ${describeReasons(strategy)}`]);
  rows.push(['Cost of watching', `${(sample.ownCost * 100).toFixed(2)} % of a core`]);
  return rows;
}

/** What the marks mean; `undefined` when there are none. */
export function estimateNote(sample: MachineSample): string | undefined {
  return sample.estimated ? 'A sensor of this machine cannot be read: figures marked with ~ are estimates.' : undefined;
}
