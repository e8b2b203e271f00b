import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter, type Event } from '../../core/base/emitter.ts';
import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import type { FileUse } from '../../core/model/files/file-use.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { sameFace, type Face } from '../../core/present/face.ts';
import { isWorthARow } from '../../core/present/files/is-worth-a-row.ts';
import { presentFileUse } from '../../core/present/files/present-file-use.ts';
import { presentFileUser } from '../../core/present/files/present-file-user.ts';
import { presentMore } from '../../core/present/tasks/present-more.ts';
import { Coalescer } from '../coalescer.ts';
import type { FilesNode } from './files-node.ts';
import { MoreUsesNode } from './more-uses-node.ts';
import { isBelow, orderedUses, usesHere } from './order-uses.ts';
import { Ticker } from '../ticker.ts';
import { UseNode } from './use-node.ts';
import { UserNode } from './user-node.ts';

const PAGE = 100;
/** Users shown below a file; of ten thousand waiters nobody reads more than the first. */
const MOST_USERS = 50;
/** Between two looks; more with many files, so that a burst of changes never keeps a core busy. */
const PAUSE_MS = 200;
const PAUSE_PER_FILE_MS = 0.1;
/** How long a row rests whose tooltip is read: drawing it closes the tooltip. */
const REST_MS = 8000;
/** How often ages are looked at; they are told no finer. */
const TICK_MS = 10_000;

export interface FilesModelOptions {
  readonly watch: { readonly uses: readonly FileUse[]; readonly onDidChange: Event<void> };
  readonly engine: Pick<EnginePort, 'views' | 'status'>;
  /** The folders of this window. */
  readonly roots: () => readonly string[];
  /** Files that somebody here wants to be told of when they are free. */
  readonly awaited: { has(path: string): boolean; readonly onDidChange: Event<void> };
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  readonly pageSize?: number;
}

export type FilesRedraw = 'all' | readonly UseNode[];

/** *Files in Use* without VS Code: its nodes, and which have to be drawn again. */
export class FilesModel implements Disposable {
  private readonly options: FilesModelOptions;
  private readonly redrawn = new Emitter<FilesRedraw>();
  private readonly coalescer: Coalescer<undefined>;
  private readonly ticker: Ticker;
  private readonly subscriptions: Disposable[];
  private nodes = new Map<string, UseNode>();
  private rows: readonly FilesNode[] | undefined;
  private limit: number;
  private isVisible = false;
  private resting: { readonly node: UseNode; readonly until: number } | undefined;

  readonly onDidRedraw = this.redrawn.event;

  constructor(options: FilesModelOptions) {
    this.options = options;
    this.limit = this.pageSize;
    this.coalescer = new Coalescer(options.clock, () => Math.max(PAUSE_MS, options.watch.uses.length * PAUSE_PER_FILE_MS), () => this.look().catch(options.onError));
    this.ticker = new Ticker(options.clock, () => this.tick());
    const changed = (): void => {
      if (this.isVisible) this.coalescer.add(undefined);
    };
    this.subscriptions = [this.coalescer, this.ticker, this.redrawn, options.watch.onDidChange(changed), options.awaited.onDidChange(changed)];
  }

  /** While nobody sees it, nothing is read. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.isVisible) return;
    this.isVisible = isVisible;
    if (isVisible && this.rows !== undefined) this.coalescer.add(undefined);
    this.setTick();
  }

  /** Looks again, as when the folders of the window changed. */
  reload(): void {
    this.coalescer.add(undefined);
  }

  async children(node?: FilesNode): Promise<readonly FilesNode[]> {
    if (node === undefined) {
      this.rows ??= await this.grow();
      this.setTick();
      return this.rows;
    }
    return node.kind === 'use' ? this.users(node) : [];
  }

  async showMore(): Promise<void> {
    this.limit += this.pageSize;
    await this.look();
  }

  /** Somebody reads the tooltip of a file or of one of its users: its ages rest for a while. */
  rest(node: FilesNode): void {
    const use = node.kind === 'use' ? node : node.parent;
    if (use !== undefined) this.resting = { node: use, until: this.options.clock.now() + REST_MS };
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private get pageSize(): number {
    return this.options.pageSize ?? PAGE;
  }

  private async look(): Promise<void> {
    if (this.rows === undefined) return;
    const before = this.rows;
    const looks = new Map([...this.nodes.values()].map((node) => [node, lookOf(node)]));
    this.rows = await this.grow();
    const isSame = before.length === this.rows.length && this.rows.every((node, index) => isSameRow(node, before[index]!));
    this.redraw(isSame ? [...this.nodes.values()].filter((node) => looks.get(node) !== lookOf(node)) : 'all');
    this.setTick();
  }

  private async grow(): Promise<readonly FilesNode[]> {
    const { watch, awaited, clock } = this.options;
    const roots = this.options.roots();
    const known = usesHere(watch.uses, roots, await this.otherRoots(roots));
    const uses = orderedUses(known.filter((use) => isWorthARow(use) || awaited.has(use.path)), roots);
    const now = clock.now();
    const shown = uses.slice(0, this.limit).map((use) => {
      const id = use.glob === '' ? use.key : `${use.key}\0${use.glob}`;
      const face = presentFileUse(use, { roots, now, isAwaited: awaited.has(use.path) });
      const node = this.nodes.get(id) ?? new UseNode(id, use, face);
      node.use = use;
      node.face = face;
      return node;
    });
    this.nodes = new Map(shown.map((node) => [node.id, node]));
    const hidden = uses.length - shown.length;
    return hidden === 0 ? shown : [...shown, new MoreUsesNode(undefined, presentMore(hidden, this.pageSize, 'file'))];
  }

  /** Folders of other windows, asked for only when something lies outside of ours. */
  private async otherRoots(roots: readonly string[]): Promise<readonly string[]> {
    if (this.options.watch.uses.every(({ path }) => isBelow(path, roots))) return [];
    const { engines } = await this.options.engine.status([]);
    return engines.filter(({ self, kind }) => !self && kind === 'window').flatMap((engine) => engine.roots);
  }

  private async users(node: UseNode): Promise<readonly FilesNode[]> {
    const { use } = node;
    const users = [...use.holders.map((user) => [user, 'holder'] as const), ...use.waiters.map((user) => [user, 'waiter'] as const)].slice(0, MOST_USERS);
    const ids = users.flatMap(([{ holder }]) => (holder.type === 'task' ? [holder.id] : []));
    const views = new Map<TaskId, TaskView>(ids.length === 0 ? [] : (await this.options.engine.views([...new Set(ids)])).map((view) => [view.task.id, view]));
    const now = this.options.clock.now();
    node.users = users.map(([user, role]) => new UserNode(node, user, role, presentFileUser(user, role, user.holder.type === 'task' ? views.get(user.holder.id) : undefined, now)));
    const hidden = use.holders.length + use.waiting - users.length;
    return hidden <= 0 ? node.users : [...node.users, new MoreUsesNode(node, countedUsers(hidden))];
  }

  /** Ages that read otherwise by now. */
  private tick(): void {
    const roots = this.options.roots();
    const now = this.options.clock.now();
    this.redraw(
      [...this.nodes.values()].filter((node) => {
        if (node === this.resting?.node && now < this.resting.until) return false;
        const face = presentFileUse(node.use, { roots, now, isAwaited: this.options.awaited.has(node.use.path) });
        const isOlder =
          !sameFace(face, node.face) ||
          (node.users?.some((user) => presentFileUser(user.user, user.role, undefined, now).description !== user.face.description) ??
            false);
        node.face = face;
        return isOlder;
      }),
    );
  }

  private redraw(redraw: FilesRedraw): void {
    if (redraw === 'all' || redraw.length > 0) this.redrawn.fire(redraw);
  }

  private setTick(): void {
    this.ticker.setPeriod(this.isVisible && this.nodes.size > 0 ? TICK_MS : undefined);
  }
}

/** What is drawn of a node, with its users where they are shown. */
function lookOf({ face, use, users }: UseNode): string {
  return JSON.stringify(users === undefined ? face : [face, use.holders, use.waiters, use.waiting]);
}

function isSameRow(a: FilesNode, b: FilesNode): boolean {
  return a === b || (a.kind === 'moreUses' && b.kind === 'moreUses' && sameFace(a.face, b.face));
}

function countedUsers(count: number): Face {
  const label = `${count.toLocaleString('en')} more`;
  return { label, description: count === 1 ? 'waits' : 'wait', icon: 'ellipsis', accessibility: `${label} wait`, contextValue: 'more' };
}
