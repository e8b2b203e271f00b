import type { MachinePoint } from '../../src/core/model/machine/machine-point.ts';
import type { Threshold } from '../../src/core/model/machine/strategy.ts';
import { timeOfDay } from '../../src/core/present/format/time-of-day.ts';
import { obeyAxisKey } from '../axis/axis-keys.ts';
import type { TimeAxis } from '../axis/time-axis.ts';
import { TimeSurface } from '../axis/time-surface.ts';
import { Disclosure } from '../disclosure.ts';
import { element, setText } from '../element.ts';
import { readTheme } from '../theme.ts';
import { figureTable } from './figure-table.ts';
import { LinePlot, type PlotSize } from './line-plot.ts';
import { formatFigure, type PlotSpec } from './plot-spec.ts';
import { columnsOf, pointAt } from './series-data.ts';
import { strategyBands } from './strategy-bands.ts';

const HEIGHT_PX = 104;
const DOT_PX = 1;

/** A plot with its title, its figures under the cursor, and its table. */
export class PlotCard {
  readonly element: HTMLElement;
  private readonly spec: PlotSpec;
  private readonly axis: TimeAxis;
  private readonly readout = element('span', { class: 'readout' });
  private readonly surface: HTMLElement;
  private plot: LinePlot | undefined;
  private points: readonly MachinePoint[] = [];
  private threshold: Threshold | undefined;

  constructor(spec: PlotSpec, axis: TimeAxis) {
    this.spec = spec;
    this.axis = axis;
    this.surface = element('div', { class: 'plot', tabindex: 0, role: 'slider', 'aria-label': `${spec.title} over time`, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': 100 });
    new TimeSurface(this.surface, axis);
    this.surface.addEventListener('keydown', (event) => {
      if (obeyAxisKey(axis, event)) event.preventDefault();
    });
    const swatches = spec.series.map(({ label, color, dash }) => element('span', { class: `key ${color} ${keyLook(dash)}` }, label));
    const table = new Disclosure('Table', spec.title, () => figureTable(spec, this.visible(), axis.now));
    this.element = element('section', { class: 'plot-card', 'aria-label': spec.title, 'data-plot': spec.id }, element('header', {}, element('h3', {}, spec.title), ...swatches, this.readout, table.button), this.surface, table.region);
    axis.onDidChange((what) => {
      if (what === 'cursor') this.tell();
    });
  }

  get canvas(): HTMLCanvasElement | undefined {
    return this.plot?.canvas;
  }

  get title(): string {
    return this.spec.title;
  }

  show(points: readonly MachinePoint[], threshold: Threshold | undefined): void {
    this.points = points;
    this.threshold = threshold;
    this.draw();
  }

  /** Draws with the colours of the theme, which a plot takes at its birth only. */
  themeChanged(): void {
    this.plot?.destroy();
    this.plot = undefined;
    this.draw();
  }

  windowChanged(): void {
    this.plot?.showWindow(this.axis.window);
    this.tell();
  }

  resized(): void {
    this.plot?.resize(this.size());
  }

  private draw(): void {
    if (this.surface.clientWidth === 0) return;
    const content = { columns: columnsOf(this.points, this.spec.series.map(({ value }) => value)), bands: strategyBands(this.points), threshold: this.threshold, window: this.axis.window };
    if (this.plot === undefined) this.plot = new LinePlot(this.surface, this.spec, readTheme(), content, this.size());
    else this.plot.show(content);
    this.tell();
  }

  private size(): PlotSize {
    return { width: Math.max(this.surface.clientWidth, 120), height: HEIGHT_PX };
  }

  private visible(): readonly MachinePoint[] {
    const { from, to } = this.axis.window;
    return this.points.filter(({ at, lasts }) => at + lasts >= from && at <= to);
  }

  /** The figures under the cursor, else the latest. */
  private tell(): void {
    const { cursor, window: { from, to }, now } = this.axis;
    const point = pointAt(this.points, cursor ?? to);
    const figures = point === undefined ? 'not recorded' : this.spec.series.map((series) => `${series.label} ${formatFigure(series, series.value(point))}`).join(' · ');
    const text = cursor === undefined ? figures : `${timeOfDay(cursor, now)} · ${figures}`;
    setText(this.readout, text);
    this.surface.setAttribute('aria-valuenow', String(Math.round((((cursor ?? to) - from) / (to - from)) * 100)));
    // Told where a person put the cursor; the latest figures would be read out each second.
    if (cursor !== undefined) this.surface.setAttribute('aria-valuetext', text);
    else this.surface.removeAttribute('aria-valuetext');
  }
}

/** As the line is drawn. */
function keyLook(dash: readonly number[] | undefined): string {
  if (dash === undefined) return '';
  return dash[0]! <= DOT_PX ? 'dotted' : 'dashed';
}
