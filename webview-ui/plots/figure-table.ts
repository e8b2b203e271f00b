import type { MachinePoint } from '../../src/core/model/machine/machine-point.ts';
import { timeOfDay } from '../../src/core/present/format/time-of-day.ts';
import { thinPoints } from '../../src/views/dashboard/thin-points.ts';
import { plainTable } from '../disclosure.ts';
import { formatFigure, type PlotSpec } from './plot-spec.ts';

const MOST_ROWS = 60;

/** A plot's figures as a table, the latest first, for those who do not see it. */
export function figureTable({ title, series }: PlotSpec, points: readonly MachinePoint[], now: number): HTMLTableElement {
  const rows = thinPoints(points, MOST_ROWS).toReversed();
  return plainTable(
    `Figures of the plot ${title}`,
    ['Time', ...series.map(({ label }) => label), 'strategy'],
    rows.map((point) => [timeOfDay(point.at, now), ...series.map((each) => formatFigure(each, each.value(point))), point.strategy]),
  );
}
