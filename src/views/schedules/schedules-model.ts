import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { sameFace } from '../../core/present/face.ts';
import { presentSchedule, presentScheduleRun } from '../../core/present/schedules/present-schedule.ts';
import { Coalescer } from '../coalescer.ts';
import { Ticker } from '../ticker.ts';
import { ScheduleNode } from './schedule-node.ts';
import { ScheduleRunNode, type SchedulesNode } from './schedule-run-node.ts';

/** Between two looks at the engine; more with many schedules. */
const PAUSE_MS = 250;
const PAUSE_PER_SCHEDULE_MS = 2;
/** How often times are looked at that grow or shrink. */
const TICK_MS = 10_000;

export interface SchedulesModelOptions {
  readonly engine: Pick<EnginePort, 'schedules' | 'onDidChange'>;
  /** The folders of this window. */
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  readonly locale?: string;
  readonly onError: (error: unknown) => void;
}

export type SchedulesRedraw = 'all' | readonly ScheduleNode[];

/** The view *Schedules* without VS Code: its nodes, and which have to be drawn again. */
export class SchedulesModel implements Disposable {
  private readonly options: SchedulesModelOptions;
  private readonly redrawn = new Emitter<SchedulesRedraw>();
  private readonly coalescer: Coalescer<undefined>;
  private readonly ticker: Ticker;
  private readonly subscriptions: Disposable[];
  private nodes: readonly ScheduleNode[] | undefined;
  private isVisible = false;

  readonly onDidRedraw = this.redrawn.event;

  constructor(options: SchedulesModelOptions) {
    this.options = options;
    this.coalescer = new Coalescer(options.clock, () => Math.max(PAUSE_MS, (this.nodes?.length ?? 0) * PAUSE_PER_SCHEDULE_MS), () => this.look().catch(options.onError));
    this.ticker = new Ticker(options.clock, () => this.redraw((this.nodes ?? []).filter((node) => this.isFaceNew(node))));
    const changed = (): void => {
      if (this.isVisible) this.coalescer.add(undefined);
    };
    this.subscriptions = [this.coalescer, this.ticker, this.redrawn, options.engine.onDidChange(changed)];
  }

  /** While nobody sees it, nothing is read. */
  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.ticker.setPeriod(isVisible ? TICK_MS : undefined);
    if (isVisible && this.nodes !== undefined) this.coalescer.add(undefined);
  }

  /** Looks again, as when the folders of the window changed. */
  reload(): void {
    this.coalescer.add(undefined);
  }

  async children(node?: SchedulesNode): Promise<readonly SchedulesNode[]> {
    if (node === undefined) return (this.nodes ??= await this.grow([]));
    if (node.kind === 'scheduleRun') return [];
    const { clock, locale } = this.options;
    return node.view.runs.map((run) => new ScheduleRunNode(node, run, presentScheduleRun(run, node.view.schedule.timeZone, clock.now(), locale)));
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private async look(): Promise<void> {
    const before = this.nodes;
    if (before === undefined) return;
    const shown = new Map(before.map((node) => [node, { face: node.face, runs: node.view.runs }]));
    this.nodes = await this.grow(before);
    const isSame = before.length === this.nodes.length && this.nodes.every((node, index) => node === before[index]);
    this.redraw(isSame ? this.nodes.filter((node) => !isDeepStrictEqual(shown.get(node), { face: node.face, runs: node.view.runs })) : 'all');
  }

  /** A node stays as long as its schedule, so that it stays open and selected. */
  private async grow(before: readonly ScheduleNode[]): Promise<readonly ScheduleNode[]> {
    const { engine, roots, clock, locale } = this.options;
    const views = await engine.schedules(roots());
    return views.map((view) => {
      const face = presentSchedule(view, clock.now(), locale);
      const node = before.find((other) => other.view.schedule.id === view.schedule.id) ?? new ScheduleNode(view, face);
      node.view = view;
      node.face = face;
      return node;
    });
  }

  private isFaceNew(node: ScheduleNode): boolean {
    const face = presentSchedule(node.view, this.options.clock.now(), this.options.locale);
    const isNew = !sameFace(face, node.face);
    node.face = face;
    return isNew;
  }

  private redraw(redraw: SchedulesRedraw): void {
    if (redraw === 'all' || redraw.length > 0) this.redrawn.fire(redraw);
  }
}
