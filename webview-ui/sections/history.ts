import type { RunBar } from '../../src/core/model/run-bar.ts';
import type { PageCommand } from '../../src/views/dashboard/protocol.ts';
import { SPAN_NAMES, type Shown, type SpanName } from '../../src/views/dashboard/shown.ts';
import type { TimeAxis } from '../axis/time-axis.ts';
import { button, dropdown } from '../controls.ts';
import { Disclosure } from '../disclosure.ts';
import { element, setText } from '../element.ts';
import { PlotCard } from '../plots/plot-card.ts';
import { PLOTS } from '../plots/plot-spec.ts';
import { pointsFor } from '../plots/series-data.ts';
import { onThemeChange } from '../theme.ts';
import { TimelineLegend } from '../timeline/timeline-legend.ts';
import { Timeline, type TimelineUse } from '../timeline/timeline.ts';
import { Redraw } from './redraw.ts';
import { runTable } from './run-table.ts';
import type { Section } from './section.ts';

export interface HistoryUse extends TimelineUse {
  readonly order: (command: PageCommand) => void;
  readonly choose: (span: SpanName) => void;
}

/** The plots and the timeline of runs below them, all on one time axis. */
export class History implements Section {
  readonly parts = ['history', 'tail', 'detail', 'thresholds', 'runs'] as const;
  readonly element: HTMLElement;
  readonly cards: readonly PlotCard[];
  readonly timeline: Timeline;
  private readonly axis: TimeAxis;
  private readonly legend = new TimelineLegend();
  private readonly whole: HTMLElement;
  private readonly noPoints = element('p', { class: 'empty' }, 'Figures appear here a few seconds after the machine is first looked at.');
  private readonly noRuns = element('p', { class: 'empty' });
  private shown: Partial<Shown> = {};
  private readonly redraw = new Redraw((isWhole) => this.draw(isWhole));

  constructor(axis: TimeAxis, use: HistoryUse) {
    this.axis = axis;
    this.cards = PLOTS.map((spec) => new PlotCard(spec, axis));
    this.timeline = new Timeline(axis, use);
    const span = dropdown('Span', SPAN_NAMES.map((name) => ({ value: name, text: `Last ${name}` })), axis.span, (value) => use.choose(value as SpanName));
    this.whole = button('Whole Span', () => axis.reset());
    const bar = element('div', { class: 'toolbar' }, span.element, this.whole, button('Export…', () => use.order('export')), element('span', { class: 'hint' }, 'Drag or Ctrl+wheel to zoom, double-click for the whole span'));
    const table = new Disclosure('Table', 'Runs', () => runTable(this.visibleRuns(), axis.now, use.open));
    const runs = element('section', { class: 'plot-card', 'aria-label': 'Runs' }, element('header', {}, element('h3', {}, 'Runs'), this.legend.element, table.button), this.timeline.element, this.noRuns, table.region);
    this.element = element('section', { class: 'history', 'aria-label': 'History' }, element('h2', {}, 'History'), bar, this.noPoints, ...this.cards.map((card) => card.element), runs);
    axis.onDidChange((what) => {
      if (what === 'window') this.redraw.request(true);
    });
    onThemeChange(() => {
      for (const card of this.cards) card.themeChanged();
      this.timeline.themeChanged();
      this.legend.draw();
    });
    new ResizeObserver(() => {
      for (const card of this.cards) card.resized();
      this.redraw.request(false);
    }).observe(this.element);
  }

  update(shown: Partial<Shown>): void {
    this.shown = shown;
    this.timeline.show(shown.runs ?? []);
    this.redraw.request(true);
  }

  /** Runs that touch what is visible. */
  visibleRuns(): readonly RunBar[] {
    const { from, to } = this.axis.window;
    return (this.shown.runs ?? []).filter(({ waitedFrom, endedAt }) => waitedFrom <= to && (endedAt ?? to) >= from);
  }

  private draw(withPoints: boolean): void {
    const { history, tail, detail, thresholds, runs, queue } = this.shown;
    this.whole.toggleAttribute('disabled', this.axis.look.zoom === undefined);
    if (withPoints) {
      const points = pointsFor(this.axis.window, history, tail, detail);
      this.noPoints.hidden = history === undefined || points.length > 0;
      for (const [index, card] of this.cards.entries()) {
        const { measure } = PLOTS[index]!;
        card.show(points, measure === undefined ? undefined : thresholds?.[measure]);
      }
    }
    this.timeline.draw();
    this.noRuns.hidden = runs === undefined || runs.length > 0;
    setText(this.noRuns, queue?.hasFolder === false ? 'Open the folder that holds your scripts: their runs are drawn here.' : 'Nothing ran in this span. Queue a script with Add Task, or choose a longer span.');
  }
}
