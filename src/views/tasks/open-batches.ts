import type { BatchView } from '../../core/engine/engine-port.ts';
import type { BatchId, TaskId } from '../../core/model/ids.ts';
import { planBatch, type OpenBatch } from './plan-batch.ts';
import type { BatchPlan } from './row-plan.ts';
import type { TaskSource } from './task-source.ts';

interface Opened extends OpenBatch {
  readonly isStale: boolean;
}

/** The batches that somebody has looked into, with their tasks. */
export class OpenBatches {
  private readonly source: TaskSource;
  private readonly pageSize: number;
  private readonly opened = new Map<BatchId, Opened>();

  constructor(source: TaskSource, pageSize: number) {
    this.source = source;
    this.pageSize = pageSize;
  }

  /** Its tasks come with the next `load()`. */
  open(id: BatchId): void {
    if (!this.opened.has(id)) this.opened.set(id, { tasks: [], limit: undefined, isStale: true });
  }

  showMore(id: BatchId): void {
    const batch = this.opened.get(id);
    if (batch !== undefined) this.opened.set(id, { ...batch, limit: (batch.limit ?? 0) + this.pageSize });
  }

  /** Says which tasks changed; `undefined` for any. */
  stale(changed: ReadonlySet<TaskId> | undefined): void {
    for (const [id, batch] of this.opened) {
      const isHit = changed === undefined || batch.tasks.some((view) => changed.has(view.task.id) || view.task.state.status === 'queued');
      if (isHit) this.opened.set(id, { ...batch, isStale: true });
    }
  }

  async load(): Promise<void> {
    await Promise.all(
      [...this.opened].map(async ([id, batch]) => {
        if (!batch.isStale) return;
        const tasks = await this.source.batchTasks(id);
        const now = this.opened.get(id) ?? batch;
        if (tasks.length === 0) this.opened.delete(id);
        else this.opened.set(id, { ...now, tasks, isStale: false });
      }),
    );
  }

  plan(batch: BatchView): BatchPlan {
    return planBatch(batch, this.opened.get(batch.id), this.pageSize);
  }
}
