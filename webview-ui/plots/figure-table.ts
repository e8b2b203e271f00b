import type { MachinePoint } from '../../src/core/model/machine-point.ts';
import { timeOfDay } from '../../src/core/present/time-of-day.ts';
import { thinPoints } from '../../src/views/dashboard/thin-points.ts';
import { element } from '../element.ts';
import { formatFigure, type PlotSpec } from './plot-spec.ts';

const MOST_ROWS = 60;

/** A plot's figures as a table, for those who do not see it. It is filled when it is opened, and not while it is read. */
export class FigureTable {
  readonly element = element('details', { class: 'figures' });
  private readonly spec: PlotSpec;
  private readonly points: () => { readonly points: readonly MachinePoint[]; readonly now: number };
  private readonly body = element('tbody');

  constructor(spec: PlotSpec, points: () => { readonly points: readonly MachinePoint[]; readonly now: number }) {
    this.spec = spec;
    this.points = points;
    const heads = ['Time', ...spec.series.map(({ label }) => label), 'strategy'].map((label) => element('th', { scope: 'col' }, label));
    const table = element('table', {}, element('caption', { class: 'visually-hidden' }, `Figures of the plot ${spec.title}`), element('thead', {}, element('tr', {}, ...heads)), this.body);
    this.element.append(element('summary', { 'aria-label': `${spec.title} as a table` }, 'Table'), element('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': `${spec.title}, figures` }, table));
    this.element.addEventListener('toggle', () => this.fill());
  }

  private fill(): void {
    if (!this.element.open) {
      this.body.replaceChildren();
      return;
    }
    const { points, now } = this.points();
    const rows = thinPoints(points, MOST_ROWS).toReversed();
    this.body.replaceChildren(
      ...rows.map((point) => {
        const figures = this.spec.series.map((series) => element('td', {}, formatFigure(series, series.value(point))));
        return element('tr', {}, element('th', { scope: 'row' }, timeOfDay(point.at, now)), ...figures, element('td', {}, point.strategy));
      }),
    );
  }
}
