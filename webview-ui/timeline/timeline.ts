import type { RunBar } from '../../src/core/model/run-bar.ts';
import { describeRunBar } from '../../src/core/present/tasks/describe-run-bar.ts';
import { obeyAxisKey } from '../axis/axis-keys.ts';
import type { TimeAxis } from '../axis/time-axis.ts';
import { TimeSurface } from '../axis/time-surface.ts';
import { element } from '../element.ts';
import { readTheme } from '../theme.ts';
import { drawTimeline, laneAt, laneTop, timelineHeight } from './draw-timeline.ts';
import { packLanes, type PackedBar, type Packing } from './pack-lanes.ts';
import { BarPainter } from './paint-bar.ts';
import { RunTip } from './run-tip.ts';

/** Lanes become flatter where there are many of them. */
const LANE_PX = { most: 20, least: 7, all: 320 } as const;
/** Pixels beside a short bar that still count as on it. */
const REACH_PX = 3;

export interface TimelineUse {
  readonly open: (bar: RunBar) => void;
  /** Says something to those who do not see it. */
  readonly say: (text: string) => void;
}

/** The runs of the visible time, a bar each, on the time axis of the plots. */
export class Timeline {
  readonly element: HTMLElement;
  readonly canvas = element('canvas', { 'aria-hidden': 'true' });
  private readonly axis: TimeAxis;
  private readonly use: TimelineUse;
  private readonly surface: TimeSurface;
  private readonly tip = new RunTip();
  private runs: readonly RunBar[] = [];
  private packing: Packing = { bars: [], lanes: 0 };
  private painter: BarPainter | undefined;
  private chosen: PackedBar | undefined;

  constructor(axis: TimeAxis, use: TimelineUse) {
    this.axis = axis;
    this.use = use;
    this.element = element('div', { class: 'timeline', tabindex: 0, role: 'group', 'aria-roledescription': 'timeline', 'aria-label': 'Runs over time. Left and right go from run to run, Enter opens the log.' }, this.canvas, this.tip.element);
    this.surface = new TimeSurface(this.element, axis, {
      onMove: (x, y) => this.point(this.barAt(x, y), x, y),
      onLeave: () => this.point(undefined, 0, 0),
      onClick: (x, y) => {
        const hit = this.barAt(x, y);
        if (hit !== undefined) use.open(hit.bar);
      },
    });
    this.element.addEventListener('keydown', (event) => {
      if (this.obey(event)) event.preventDefault();
    });
    this.element.addEventListener('blur', () => this.point(undefined, 0, 0));
  }

  show(runs: readonly RunBar[]): void {
    this.runs = runs;
    const chosenRun = this.chosen?.bar.run;
    this.pack();
    this.chosen = this.packing.bars.find(({ bar }) => bar.run === chosenRun);
    this.draw();
  }

  themeChanged(): void {
    this.painter = undefined;
    this.draw();
  }

  draw(): void {
    const width = this.element.clientWidth;
    if (width === 0) return;
    // A run that goes on grows with the time.
    if (this.runs.some(({ endedAt }) => endedAt === undefined)) this.pack();
    const height = timelineHeight(Math.max(this.packing.lanes, 2), this.laneHeight);
    const ratio = devicePixelRatio;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.width = `${width}px`;
      this.canvas.style.height = `${height}px`;
    }
    const context = this.canvas.getContext('2d')!;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.painter ??= new BarPainter(readTheme());
    drawTimeline(context, { bars: this.packing.bars, window: this.axis.window, width, height, laneHeight: this.laneHeight, chosen: this.chosen }, this.painter);
  }

  private get laneHeight(): number {
    return Math.floor(Math.min(Math.max(LANE_PX.all / Math.max(this.packing.lanes, 1), LANE_PX.least), LANE_PX.most));
  }

  private pack(): void {
    const run = this.chosen?.bar.run;
    this.packing = packLanes(this.runs, this.axis.now);
    this.chosen = this.packing.bars.find(({ bar }) => bar.run === run);
  }

  private barAt(x: number, y: number): PackedBar | undefined {
    const lane = laneAt(y, this.laneHeight);
    const reach = this.surface.toTime(x + REACH_PX) - this.surface.toTime(x);
    const time = this.surface.toTime(x);
    return this.packing.bars.findLast((packed) => packed.lane === lane && packed.waitFrom - reach <= time && packed.end + reach >= time);
  }

  private point(packed: PackedBar | undefined, x: number, y: number): void {
    const isNew = packed !== this.chosen;
    this.chosen = packed;
    this.element.classList.toggle('pointing', packed !== undefined);
    if (packed === undefined) this.tip.hide();
    else this.tip.show(describeRunBar(packed.bar, this.axis.now), x, y, this.element.clientWidth);
    if (isNew) this.draw();
  }

  private obey(event: KeyboardEvent): boolean {
    if (event.key === 'Enter' && this.chosen !== undefined) {
      this.use.open(this.chosen.bar);
      return true;
    }
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') return this.step(event.key === 'ArrowRight' ? 1 : -1);
    return obeyAxisKey(this.axis, event);
  }

  /** Goes to the next run, and takes the cursor along. */
  private step(by: 1 | -1): boolean {
    const { from, to } = this.axis.window;
    const visible = this.packing.bars.filter(({ bar, end }) => end >= from && bar.startedAt <= to);
    const index = this.chosen === undefined ? -1 : visible.indexOf(this.chosen);
    const next = index < 0 ? visible.at(by > 0 ? 0 : -1) : visible[Math.min(Math.max(index + by, 0), visible.length - 1)];
    if (next === undefined) return true;
    const time = Math.min(Math.max(next.bar.startedAt, from), to);
    this.axis.setCursor(time);
    this.point(next, this.surface.toX(time), laneTop(next.lane, this.laneHeight));
    this.use.say(describeRunBar(next.bar, this.axis.now).join(', '));
    return true;
  }
}
