import type { MachinePoint } from '../../src/core/model/machine/machine-point.ts';
import type { Measure } from '../../src/core/model/machine/strategy.ts';
import { formatRate } from '../../src/core/present/format/format-rate.ts';
import { formatShare } from '../../src/core/present/format/format-share.ts';
import type { ColorName } from '../theme.ts';

export interface SeriesSpec {
  readonly label: string;
  readonly color: ColorName;
  /** Lengths of dashes, so that lines differ without colour. */
  readonly dash?: readonly number[];
  readonly isFilled?: boolean;
  /** On the scale of shares, whatever the scale of the plot. */
  readonly isShare: boolean;
  readonly value: (point: MachinePoint) => number | undefined;
}

export interface PlotSpec {
  readonly id: 'cpu' | 'memory' | 'disk' | 'network';
  readonly title: string;
  /** Whose thresholds are drawn. */
  readonly measure: Measure | undefined;
  /** Whether the axis counts shares, or bytes a second. */
  readonly isShare: boolean;
  readonly series: readonly SeriesSpec[];
}

const DASHED = [4, 3];

export const PLOTS: readonly PlotSpec[] = [
  {
    id: 'cpu', title: 'CPU', measure: 'cpu', isShare: true,
    series: [
      { label: 'mean', color: 'blue', isFilled: true, isShare: true, value: ({ cpu }) => cpu },
      { label: 'peak', color: 'muted', dash: DASHED, isShare: true, value: ({ cpuPeak }) => cpuPeak },
    ],
  },
  {
    id: 'memory', title: 'Memory', measure: 'memory', isShare: true,
    series: [
      { label: 'mean', color: 'purple', isFilled: true, isShare: true, value: ({ memory }) => memory },
      { label: 'peak', color: 'muted', dash: DASHED, isShare: true, value: ({ memoryPeak }) => memoryPeak },
    ],
  },
  {
    id: 'disk', title: 'Disk', measure: 'disk', isShare: false,
    series: [
      { label: 'read', color: 'blue', isShare: false, value: ({ diskRead }) => diskRead },
      { label: 'written', color: 'green', dash: DASHED, isShare: false, value: ({ diskWrite }) => diskWrite },
      { label: 'in use', color: 'muted', dash: [1, 3], isShare: true, value: ({ disk }) => disk },
    ],
  },
  {
    id: 'network', title: 'Network', measure: undefined, isShare: false,
    series: [
      { label: 'in', color: 'blue', isShare: false, value: ({ networkIn }) => networkIn },
      { label: 'out', color: 'green', dash: DASHED, isShare: false, value: ({ networkOut }) => networkOut },
    ],
  },
];

export function formatFigure(series: Pick<SeriesSpec, 'isShare'>, value: number | undefined): string {
  if (value === undefined) return '–';
  return series.isShare ? formatShare(value) : formatRate(value);
}
