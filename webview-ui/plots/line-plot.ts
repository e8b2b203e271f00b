import './sound-language.ts';
import uPlot from 'uplot';
import type { TimeSpan } from '../../src/core/model/machine/machine-point.ts';
import type { Threshold } from '../../src/core/model/machine/strategy.ts';
import { formatRate } from '../../src/core/present/format/format-rate.ts';
import { formatShare } from '../../src/core/present/format/format-share.ts';
import { GUTTER } from '../axis/gutter.ts';
import { formatTick, timeTicks } from '../axis/time-ticks.ts';
import type { Theme } from '../theme.ts';
import { drawBands, drawThresholds, type Ground } from './draw-plot-ground.ts';
import type { PlotSpec } from './plot-spec.ts';
import type { StrategyBand } from './strategy-bands.ts';

const TICK_PX = 80;
/** Bytes a second that an axis shows at least, so that silence looks silent. */
const LEAST_RATE = 10_000;

export interface PlotContent {
  readonly columns: readonly (readonly (number | null)[])[];
  readonly bands: readonly StrategyBand[];
  readonly threshold: Threshold | undefined;
  readonly window: TimeSpan;
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

// The one file that names the plotting library.
/** Lines over time, with what lies behind them. */
export class LinePlot {
  private readonly spec: PlotSpec;
  private readonly plot: uPlot;
  private content: PlotContent;
  private readonly theme: Theme;

  constructor(parent: HTMLElement, spec: PlotSpec, theme: Theme, content: PlotContent, size: PlotSize) {
    this.spec = spec;
    this.theme = theme;
    this.content = content;
    this.plot = new uPlot(this.options(size), aligned(content), parent);
  }

  get canvas(): HTMLCanvasElement {
    return this.plot.ctx.canvas;
  }

  show(content: PlotContent): void {
    this.content = content;
    this.plot.setData(aligned(content));
  }

  /** Moves along the time axis; what is drawn stays the same. */
  showWindow(window: TimeSpan): void {
    this.content = { ...this.content, window };
    this.plot.setScale('x', { min: window.from, max: window.to });
  }

  resize(size: PlotSize): void {
    if (size.width !== this.plot.width || size.height !== this.plot.height) this.plot.setSize(size);
  }

  destroy(): void {
    this.plot.destroy();
  }

  private options({ width, height }: PlotSize): uPlot.Options {
    const { theme, spec } = this;
    const axis = { stroke: theme.muted, font: theme.font, grid: { stroke: theme.grid, width: 1 }, ticks: { show: false } };
    return {
      width,
      height,
      ms: 1,
      padding: [8, GUTTER.right, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: true, range: () => [this.content.window.from, this.content.window.to] },
        share: { range: [0, 1] },
        rate: { range: (_plot, _least, most) => [0, Math.max(most * 1.1, LEAST_RATE)] },
      },
      axes: [
        { ...axis, size: 22, gap: 5, splits: (plot, _axis, from, to) => [...timeTicks(from, to, plot.width / TICK_PX).times], values: (plot, times) => times.map((time) => formatTick(time, this.stepOf(plot))) },
        { ...axis, scale: spec.isShare ? 'share' : 'rate', size: GUTTER.left, gap: 5, space: 24, values: (_plot, values) => values.map((value) => (spec.isShare ? formatShare(value) : formatRate(value))) },
      ],
      series: [
        {},
        // What is meant first is drawn last: a mean is seen where its peak is the same.
        ...spec.series.toReversed().map(({ color, dash, isFilled, isShare }) => ({
          scale: isShare ? 'share' : 'rate',
          stroke: theme[color],
          width: dash === undefined ? (theme.isHighContrast ? 2 : 1.5) : 1,
          points: { show: false },
          ...(dash !== undefined && { dash: [...dash] }),
          ...(isFilled === true && !theme.isHighContrast && { fill: `color-mix(in srgb, ${theme[color]} 18%, transparent)` }),
        })),
      ],
      hooks: { drawClear: [(plot) => drawBands(ground(plot), this.content.bands, theme)], draw: [(plot) => this.drawThresholds(plot)] },
    };
  }

  private stepOf(plot: uPlot): number {
    const { from, to } = this.content.window;
    return timeTicks(from, to, plot.width / TICK_PX).step;
  }

  private drawThresholds(plot: uPlot): void {
    if (this.content.threshold !== undefined) drawThresholds(ground(plot), this.content.threshold, this.theme);
  }
}

/** In the order in which it is drawn. */
function aligned({ columns: [times = [], ...lines] }: PlotContent): uPlot.AlignedData {
  return [times, ...lines.toReversed()] as uPlot.AlignedData;
}

function ground(plot: uPlot): Ground {
  const { left, top, width, height } = plot.bbox;
  return {
    context: plot.ctx, left, top, width, height, pixelRatio: devicePixelRatio,
    toX: (time) => plot.valToPos(time, 'x', true),
    // Not by the library: a scale of which nothing has been drawn yet has no positions.
    shareToY: (share) => top + height * (1 - share),
  };
}
