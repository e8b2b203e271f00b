import { Emitter } from '../../../src/core/base/emitter.ts';
import type { BatchView, ChangeNotice, DueSchedules, EngineStatus, TaskDetail, TaskGroup, TaskPage, TaskQuery, TaskView } from '../../../src/core/engine/engine-port.ts';
import { taskId, type BatchId, type TaskId } from '../../../src/core/model/ids.ts';
import { DEFAULT_LIMITS } from '../../../src/core/model/limits.ts';
import type { ScheduleView } from '../../../src/core/model/schedules/schedule-view.ts';
import { isFailed } from '../../../src/core/present/tasks/batch-highlights.ts';
import type { TaskSource } from '../../../src/views/tasks/task-source.ts';

/** An engine's tasks as views read them, without an engine. */
export class TasksInMemory implements TaskSource {
  readonly changes = new Emitter<ChangeNotice>();
  readonly onDidChange = this.changes.event;
  readonly asked: string[] = [];
  paused = false;
  failure: Error | undefined;
  private dues: readonly ScheduleView[] = [];
  private readonly tasks = new Map<TaskId, TaskView>();
  private revision = 0;

  constructor(views: readonly TaskView[] = []) {
    for (const view of views) this.tasks.set(view.task.id, view);
  }

  /** Changes tasks, or adds them, and tells so. */
  put(...views: readonly TaskView[]): void {
    for (const view of views) this.tasks.set(view.task.id, view);
    this.changes.fire({ revision: ++this.revision, tasks: views.map(({ task }) => task.id) });
  }

  clear(): void {
    this.tasks.clear();
    this.changes.fire({ revision: ++this.revision, tasks: undefined });
  }

  query({ group, offset, limit }: TaskQuery): Promise<TaskPage> {
    const all = this.of(group);
    return this.answer(`query ${group} ${limit}`, { items: all.slice(offset, offset + limit), total: all.length });
  }

  detail(id: TaskId): Promise<TaskDetail | undefined> {
    const view = this.tasks.get(id);
    if (view === undefined) return this.answer(`detail ${id}`, undefined);
    const upstream = view.task.spec.after.flatMap((key) => this.tasks.get(taskId(Number(key.slice(1)))) ?? []);
    return this.answer(`detail ${id}`, {
      ...view,
      runs: view.run === undefined ? [] : [view.run],
      upstream: upstream.map(({ task }) => ({ id: task.id, name: task.spec.name, status: task.state.status })),
    });
  }

  views(ids: readonly TaskId[]): Promise<readonly TaskView[]> {
    return this.answer(`views ${ids.join()}`, ids.flatMap((id) => this.tasks.get(id) ?? []));
  }

  batches(_roots: readonly string[], limit: number): Promise<readonly BatchView[]> {
    const ids = [...new Set([...this.tasks.values()].map(({ task }) => task.batch))].sort((a, b) => b - a);
    return this.answer(`batches ${limit}`, ids.slice(0, limit).map((id) => this.batch(id)));
  }

  batchTasks(id: BatchId): Promise<readonly TaskView[]> {
    return this.answer(`batchTasks ${id}`, this.inBatch(id));
  }

  dueSchedules(_roots: readonly string[], limit: number): Promise<DueSchedules> {
    return this.answer(`dues ${limit}`, { items: this.dues.slice(0, limit), total: this.dues.length });
  }

  /** Schedules that come due, the next first. */
  schedule(...dues: readonly ScheduleView[]): void {
    this.dues = dues;
    this.changes.fire({ revision: ++this.revision, tasks: [] });
  }

  status(): Promise<EngineStatus> {
    const finished = this.of('finished');
    const counts = { running: this.of('running').length, waiting: this.of('waiting').length, scheduled: this.of('scheduled').length, finished: finished.length, failed: finished.filter(isFailed).length };
    return this.answer('status', { home: '/state', counts, paused: this.paused, limits: DEFAULT_LIMITS, engines: [], storeNotice: undefined });
  }

  private batch(id: BatchId): BatchView {
    const tasks = this.inBatch(id);
    const finished = tasks.filter(({ task }) => task.state.status === 'finished');
    return { id, name: `Batch ${id}`, workspace: '/w', submittedAt: 0, total: tasks.length, finished: finished.length, failed: finished.filter(isFailed).length, wallMs: finished.length < tasks.length ? undefined : wallOf(finished) };
  }

  private inBatch(id: BatchId): readonly TaskView[] {
    return [...this.tasks.values()].filter(({ task }) => task.batch === id);
  }

  /** Finished ones latest first, as the engine gives them. */
  private of(group: TaskGroup): readonly TaskView[] {
    const views = [...this.tasks.values()].filter((view) => groupOf(view) === group);
    return group === 'finished' ? views.sort((a, b) => finishedAt(b) - finishedAt(a)) : views;
  }

  private async answer<T>(question: string, value: T): Promise<T> {
    this.asked.push(question);
    await Promise.resolve();
    if (this.failure !== undefined) throw this.failure;
    return structuredClone(value);
  }
}

function wallOf(views: readonly TaskView[]): number | undefined {
  const runs = views.flatMap(({ run }) => (run?.startedAt === undefined || run.endedAt === undefined ? [] : [{ from: run.startedAt, to: run.endedAt }]));
  return runs.length === 0 ? undefined : Math.max(...runs.map(({ to }) => to)) - Math.min(...runs.map(({ from }) => from));
}

function groupOf({ task: { state }, wait }: TaskView): TaskGroup {
  if (state.status === 'finished') return 'finished';
  if (state.status !== 'queued') return 'running';
  return wait?.type === 'schedule' ? 'scheduled' : 'waiting';
}

function finishedAt({ task: { state } }: TaskView): number {
  return state.status === 'finished' ? state.finishedAt : 0;
}
