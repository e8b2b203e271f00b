import type { TaskView } from '../../core/engine/engine-port.ts';
import type { RunId, TaskId } from '../../core/model/ids.ts';
import { isAsExpected } from '../../core/model/outcome.ts';
import { currentRun } from '../../core/model/task.ts';

/** Something that people following a task are told. */
export interface BoardEvent {
  readonly type: 'started' | 'retrying' | 'ended';
  readonly view: TaskView;
}

/** The tasks somebody follows, as last seen. */
export class TaskBoard {
  private readonly views = new Map<TaskId, TaskView>();
  private readonly open: Set<TaskId>;
  private readonly announced = new Map<TaskId, RunId>();
  private unexpectedCount = 0;
  private forgottenCount = 0;

  private known = 0;

  constructor(ids: readonly TaskId[]) {
    this.open = new Set(ids);
    this.known = this.open.size;
  }

  add(ids: readonly TaskId[]): void {
    for (const id of ids) {
      if (this.open.has(id) || this.views.has(id)) continue;
      this.open.add(id);
      this.known++;
    }
  }

  /** Takes in what was seen and tells what is new in it. A task is over once it has finished, whatever becomes of it later. */
  update(views: readonly TaskView[]): readonly BoardEvent[] {
    return views.flatMap((view) => (this.open.has(view.task.id) ? this.take(view) : []));
  }

  /** Tasks that somebody took out of the store meanwhile: nothing more will be heard of them. */
  forget(ids: readonly TaskId[]): void {
    for (const id of ids) if (this.open.delete(id)) this.forgottenCount++;
  }

  get forgotten(): number {
    return this.forgottenCount;
  }

  isOpen(id: TaskId): boolean {
    return this.open.has(id);
  }

  get isOver(): boolean {
    return this.open.size === 0;
  }

  get openIds(): readonly TaskId[] {
    return [...this.open];
  }

  get total(): number {
    return this.known;
  }

  get finished(): number {
    return this.known - this.open.size;
  }

  /** Finished otherwise than expected. */
  get unexpected(): number {
    return this.unexpectedCount;
  }

  get running(): readonly TaskView[] {
    return this.openViews((view) => view.task.state.status !== 'queued');
  }

  get waiting(): readonly TaskView[] {
    return this.openViews((view) => view.task.state.status === 'queued');
  }

  /** All of them, in the order of their numbers. */
  get all(): readonly TaskView[] {
    return [...this.views.values()].sort((a, b) => a.task.id - b.task.id);
  }

  private openViews(wanted: (view: TaskView) => boolean): readonly TaskView[] {
    const found: TaskView[] = [];
    for (const id of this.open) {
      const view = this.views.get(id);
      if (view !== undefined && wanted(view)) found.push(view);
    }
    return found;
  }

  private take(view: TaskView): readonly BoardEvent[] {
    const { id, state, spec } = view.task;
    const before = this.views.get(id);
    this.views.set(id, view);
    const events: BoardEvent[] = [];
    const run = currentRun(state) ?? (view.run?.startedAt === undefined ? undefined : view.run.id);
    if (run !== undefined && state.status !== 'starting' && run !== this.announced.get(id) && (before !== undefined || (state.status !== 'queued' && state.status !== 'finished'))) {
      this.announced.set(id, run);
      events.push({ type: 'started', view });
    }
    if (state.status === 'finished') {
      this.open.delete(id);
      if (!isAsExpected(state.outcome, spec.expect)) this.unexpectedCount++;
      events.push({ type: 'ended', view });
    } else if (state.status === 'queued' && view.run?.outcome !== undefined && before !== undefined && (before.task.state.status !== 'queued' || before.run?.id !== view.run.id)) {
      events.push({ type: 'retrying', view });
    }
    return events;
  }
}
