import type { ScriptReport } from '../../core/assessment/report.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { ChangeNotice, EngineStatus } from '../../core/engine/engine-port.ts';
import type { FileUse } from '../../core/model/files/file-use.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { bothChanges, mergeNotices, type Changes } from '../changes.ts';
import { Coalescer } from '../coalescer.ts';
import { Forest, type Redraw } from './forest.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import type { Grouping } from './grouping.ts';
import type { MoreNode } from './more-node.ts';
import { taskChildren } from './task-children.ts';
import type { TaskNode } from './task-node.ts';
import type { TaskSource } from './task-source.ts';
import { Ticker } from '../ticker.ts';
import { TreeContent } from './tree-content.ts';
import type { TreeNode } from './tree-node.ts';
import { windowStatus } from '../window-status.ts';

const PAGE = 100;
/** Between two looks at the engine; more with many rows, so that a burst of changes never keeps a core busy. */
const PAUSE_MS = 200;
const PAUSE_PER_ROW_MS = 0.5;
const LONGEST_PAUSE_MS = 5000;
/** How often figures age: clocks of running tasks, and else “3 min ago”. */
const SECOND = 1000;
const IDLE_TICK_MS = 10_000;
/** How long a row rests whose tooltip is read: drawing it closes the tooltip. */
const REST_MS = 8000;

export interface TreeModelOptions {
  readonly source: TaskSource;
  /** The folders whose tasks are shown. */
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  /** Files in use on the machine. */
  readonly uses?: () => readonly FileUse[];
  /** Name of the milestone that a task belongs to. */
  readonly milestoneOf?: (spec: TaskSpec) => string | undefined;
  /** The grade of a script, where it is known. */
  readonly gradeOf?: (script: string) => Promise<ScriptReport | undefined>;
  /** Of times of day. */
  readonly locale?: string;
  readonly onError: (error: unknown) => void;
  readonly grouping?: Grouping;
  readonly pageSize?: number;
}

/** The task tree without VS Code: its nodes, what is loaded of them, and which have to be drawn again. */
export class TreeModel implements Disposable {
  private readonly options: TreeModelOptions;
  private readonly redrawn = new Emitter<Redraw>();
  private readonly looked = new Emitter<EngineStatus>();
  private readonly forest: Forest;
  private readonly coalescer: Coalescer<ChangeNotice>;
  private readonly ticker: Ticker;
  private readonly subscription: Disposable;
  private content: TreeContent;
  private status: EngineStatus | undefined;
  private changes: Changes = new Set();
  private resting: { readonly id: TaskId; readonly until: number } | undefined;
  private isLoaded = false;
  private wasAskedInVain = false;
  private isVisible = false;
  private isDisposed = false;
  private current: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;

  readonly onDidRedraw = this.redrawn.event;
  /** After each look at the engine, whether or not the tree is visible. */
  readonly onDidLook = this.looked.event;

  constructor(options: TreeModelOptions) {
    this.options = options;
    this.forest = new Forest(options.locale);
    this.content = this.contentFor(options.grouping ?? 'state');
    const pause = (): number => Math.min(LONGEST_PAUSE_MS, Math.max(PAUSE_MS, this.content.size * PAUSE_PER_ROW_MS));
    this.coalescer = new Coalescer(options.clock, pause, (notices) => this.heed(notices));
    this.ticker = new Ticker(options.clock, () => this.tick());
    this.subscription = options.source.onDidChange((notice) => this.coalescer.add(notice));
  }

  get grouping(): Grouping {
    return this.content.grouping;
  }

  setGrouping(grouping: Grouping): Promise<void> {
    if (grouping === this.grouping) return Promise.resolve();
    this.content = this.contentFor(grouping);
    return this.reload();
  }

  private contentFor(grouping: Grouping): TreeContent {
    return new TreeContent(this.options.source, grouping, this.pageSize, this.options.milestoneOf ?? (() => undefined));
  }

  /** While nobody sees it, only the counts are read. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.isVisible) return;
    this.isVisible = isVisible;
    this.setTick();
    if (isVisible && this.isLoaded) void this.refresh().catch((error: unknown) => this.report(error));
  }

  /** Reads everything again, as when the folders of the workspace changed. */
  reload(): Promise<void> {
    this.changes = undefined;
    return this.refresh();
  }

  async children(node?: TreeNode): Promise<readonly TreeNode[]> {
    switch (node?.kind) {
      case undefined:
        if (!this.isLoaded) await this.firstLook();
        return this.forest.roots;
      case 'group':
      case 'batch':
        if (node.rows === undefined) {
          this.content.look(node);
          await this.refresh();
        }
        return node.rows ?? [];
      case 'task':
        return taskChildren(node, this.options.source, { uses: this.options.uses?.() ?? [], now: this.options.clock.now(), gradeOf: this.options.gradeOf });
      case 'due':
      case 'run':
      case 'dependency':
      case 'file':
      case 'grade':
      case 'undeclared':
      case 'more':
        return [];
    }
  }

  showMore(node: MoreNode): Promise<void> {
    this.content.showMore(node.parent);
    return this.refresh();
  }

  /** The row of a task, where it is loaded. */
  find(id: TaskId): TaskNode | undefined {
    return this.forest.tasks().find((node) => node.taskId === id);
  }

  /** Somebody reads a task's tooltip: its figures rest for a while. */
  rest(id: TaskId): void {
    this.resting = { id, until: this.options.clock.now() + REST_MS };
  }

  /** What the engine said of itself at the last look. */
  get lastStatus(): EngineStatus | undefined {
    return this.status;
  }

  /** Looks at the engine. Whoever asks while a look is under way gets the one after it. */
  refresh(): Promise<void> {
    this.next ??= this.current.then(() => {
      this.next = undefined;
      const look = this.look();
      this.current = look.catch(() => undefined);
      return look;
    });
    return this.next;
  }

  dispose(): void {
    this.isDisposed = true;
    this.subscription.dispose();
    this.coalescer.dispose();
    this.ticker.dispose();
    this.redrawn.dispose();
    this.looked.dispose();
  }

  private get pageSize(): number {
    return this.options.pageSize ?? PAGE;
  }

  private async firstLook(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.wasAskedInVain = true;
      throw error;
    }
  }

  private async heed(notices: readonly ChangeNotice[]): Promise<void> {
    this.changes = bothChanges(this.changes, mergeNotices(notices));
    try {
      if (this.isVisible) await this.refresh();
      else await this.count();
    } catch (error) {
      this.report(error);
    }
  }

  /** What an engine that is being closed leaves unanswered concerns nobody. */
  private report(error: unknown): void {
    if (!this.isDisposed) this.options.onError(error);
  }

  private async count(): Promise<void> {
    this.tell(await windowStatus(this.options.source, this.options.roots()));
  }

  private async look(): Promise<void> {
    const { source, clock } = this.options;
    const roots = this.options.roots();
    const content = this.content;
    const changes = this.isLoaded ? this.changes : undefined;
    this.changes = new Set();
    try {
      if (roots.length > 0) await content.load(roots, changes);
      // Read last, so that the counts are never older than the rows.
      const status = await windowStatus(source, roots);
      // Regrouped meanwhile: the look that follows is for the new one.
      if (this.isDisposed || content !== this.content) return;
      const redraw = this.forest.grow(roots.length > 0 ? content.plan(status) : [], clock.now());
      // The first rows are asked for by whoever made us look.
      const isAwaited = !this.isLoaded && !this.wasAskedInVain;
      this.isLoaded = true;
      this.tell(status);
      if (!isAwaited) this.redraw(redraw);
    } catch (error) {
      this.changes = bothChanges(this.changes, changes);
      throw error;
    }
  }

  private tell(status: EngineStatus): void {
    if (this.isDisposed) return;
    this.status = status;
    this.setTick();
    this.looked.fire(status);
  }

  private tick(): void {
    const now = this.options.clock.now();
    const isResting = ({ taskId }: TaskNode): boolean => taskId === this.resting?.id && now < this.resting.until;
    this.redraw(this.forest.age(now, isResting));
  }

  private redraw(redraw: Redraw): void {
    if (redraw === 'all' || redraw.length > 0) this.redrawn.fire(redraw);
  }

  private setTick(): void {
    if (!this.isVisible || this.status === undefined || this.isDisposed) this.ticker.setPeriod(undefined);
    else this.ticker.setPeriod(this.status.counts.running > 0 ? SECOND : IDLE_TICK_MS);
  }
}
