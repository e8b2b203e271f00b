import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { Clock } from '../../core/base/clock.ts';
import { disposable, type Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { ChangeNotice, EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { currentRun } from '../../core/model/task.ts';
import { isInside } from '../../core/spec/paths.ts';

const GATHER_MS = 60;
/** Tasks read at once when nobody can say which ones changed. */
const PAGE = 200;

type Source = Pick<EnginePort, 'query' | 'views' | 'onDidChange'>;

/** Follows the tasks of this window's folders and tells which began to run and which finished. */
export class TaskWatch implements Disposable {
  private readonly engine: Source;
  private readonly roots: () => readonly string[];
  private readonly onError: (error: unknown) => void;
  private readonly since: number;
  private readonly subscription: Disposable;
  private readonly gathered: Coalesced;
  private readonly lookEmitter = new Emitter<TaskView>();
  private readonly startEmitter = new Emitter<TaskView>();
  private readonly finishEmitter = new Emitter<TaskView>();
  private readonly listeners = new Map<TaskId, Set<(view: TaskView | undefined) => void>>();
  private readonly running = new Map<TaskId, TaskView>();
  /** The last attempt of each task that was told as finished; a retry makes another. */
  private readonly told = new Map<TaskId, number>();
  private changed: Set<TaskId> | 'all' = 'all';
  private reading: Promise<void> = Promise.resolve();

  /** A task of these folders that may have changed, as it is now. */
  readonly onDidLook = this.lookEmitter.event;
  /** A task has a run in hand that it did not have before. */
  readonly onDidStart = this.startEmitter.event;
  /** A task came to its end while this window was open. */
  readonly onDidFinish = this.finishEmitter.event;

  constructor(engine: Source, roots: () => readonly string[], clock: Clock, onError: (error: unknown) => void) {
    this.engine = engine;
    this.roots = roots;
    this.onError = onError;
    this.since = clock.now();
    this.gathered = new Coalesced(clock, () => {
      this.reading = this.reading.then(() => this.read()).catch(onError);
    });
    this.subscription = engine.onDidChange((notice) => this.note(notice));
  }

  /** Tasks that run now, as last seen. */
  get inHand(): readonly TaskView[] {
    return [...this.running.values()];
  }

  /** Calls with the task as it is, soon, and at every change; with `undefined` once it is gone. */
  follow(id: TaskId, listener: (view: TaskView | undefined) => void): Disposable {
    const listeners = this.listeners.get(id) ?? new Set();
    this.listeners.set(id, listeners);
    listeners.add(listener);
    this.note({ revision: 0, tasks: [id] });
    return disposable(() => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(id);
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.gathered.dispose();
    this.listeners.clear();
  }

  private note({ tasks }: ChangeNotice): void {
    if (tasks === undefined || this.changed === 'all') this.changed = 'all';
    else for (const id of tasks) this.changed.add(id);
    this.gathered.request(GATHER_MS);
  }

  private async read(): Promise<void> {
    const { changed } = this;
    this.changed = new Set();
    try {
      const views = changed === 'all' ? await this.readAll() : await this.engine.views([...changed]);
      this.take(views, changed === 'all' ? new Set([...this.listeners.keys(), ...this.running.keys()]) : changed);
    } catch (error) {
      // Asked again when the engine is back and says that something changed.
      this.changed = 'all';
      throw error;
    }
  }

  private async readAll(): Promise<readonly TaskView[]> {
    const roots = this.roots();
    const page = async (group: 'running' | 'finished'): Promise<readonly TaskView[]> =>
      roots.length === 0 ? [] : (await this.engine.query({ group, roots, offset: 0, limit: PAGE })).items;
    const found = [...(await page('running')), ...(await page('finished'))];
    const seen = new Set(found.map(({ task }) => task.id));
    const others = [...this.listeners.keys(), ...this.running.keys()].filter((id) => !seen.has(id));
    return others.length === 0 ? found : [...found, ...(await this.engine.views(others))];
  }

  private take(views: readonly TaskView[], asked: ReadonlySet<TaskId>): void {
    const roots = this.roots();
    for (const view of views) {
      this.tell(view.task.id, view);
      if (roots.some((root) => isInside(view.task.workspace, root))) {
        this.lookEmitter.fire(view);
        this.weigh(view);
      }
    }
    const found = new Set(views.map(({ task }) => task.id));
    for (const id of asked) {
      if (found.has(id)) continue;
      this.running.delete(id);
      this.tell(id, undefined);
    }
  }

  private tell(id: TaskId, view: TaskView | undefined): void {
    for (const listener of [...(this.listeners.get(id) ?? [])]) {
      try {
        listener(view);
      } catch (error) {
        this.onError(error);
      }
    }
  }

  private weigh(view: TaskView): void {
    const { task } = view;
    const run = currentRun(task.state);
    if (run !== undefined) {
      const before = this.running.get(task.id);
      this.running.set(task.id, view);
      if (before === undefined || currentRun(before.task.state) !== run) this.startEmitter.fire(view);
      return;
    }
    this.running.delete(task.id);
    if (task.state.status !== 'finished' || task.state.finishedAt < this.since || this.told.get(task.id) === task.attempts) return;
    this.told.set(task.id, task.attempts);
    this.finishEmitter.fire(view);
  }
}
