import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Result } from '../../base/result.ts';
import type { Claim } from '../../model/files/claim.ts';
import type { BatchId, TaskId } from '../../model/ids.ts';
import type { Limits } from '../../model/limits.ts';
import type { ProcessTable } from '../../process/process-table.ts';
import { formatProblem, type Problem } from '../../spec/problem.ts';
import type { SpecContext } from '../../spec/spec-context.ts';
import type { Store } from '../../store/store.ts';
import type { Checkpoint } from '../checkpoint.ts';
import type { Applied, BatchView, EngineStatus, RetryOptions, Submitted, SubmitRequest, TaskDetail, TaskPage, TaskPort, TaskQuery, TaskView } from '../engine-port.ts';
import type { FileLocks } from '../files/file-locks.ts';
import type { LeaseKeeper } from '../lease-keeper.ts';
import { findLeftovers, type Leftovers } from '../runs/leftovers.ts';
import { clearFinished } from './clear-finished.ts';
import { Orders } from './orders.ts';
import { queueStatus } from './queue-status.ts';
import type { TaskLedger } from './task-ledger.ts';
import { TaskViews } from './task-views.ts';

interface TaskCallsPorts {
  readonly store: Store;
  readonly home: string;
  /** What was found when the store was opened. */
  readonly notice: string | undefined;
  readonly ledger: TaskLedger;
  readonly lease: LeaseKeeper;
  readonly locks: FileLocks;
  readonly clock: Clock;
  readonly log: Log;
  readonly table: ProcessTable;
  readonly checkpoint: Checkpoint;
  readonly limits: () => Limits;
  readonly contextOf: (request: SubmitRequest) => Promise<SpecContext>;
  readonly onCommitted: () => void;
}

/** See `TaskPort` for what the methods mean. */
export class TaskCalls implements TaskPort {
  private readonly ports: TaskCallsPorts;
  private readonly taskViews: TaskViews;
  private readonly orders: Orders;

  constructor(ports: TaskCallsPorts) {
    const { store, ledger, clock, log, limits } = ports;
    this.ports = ports;
    this.taskViews = new TaskViews(store, clock, limits);
    this.orders = new Orders(store, ledger, clock, log);
  }

  async submit(request: SubmitRequest): Promise<Result<Submitted, readonly Problem[]>> {
    // Loaded on use: it brings the validator along.
    const { submit } = await import('../submission/submission.ts');
    const { store, ledger, clock, log, checkpoint, contextOf, onCommitted } = this.ports;
    const result = submit(request, await contextOf(request), store, ledger, clock.now());
    if (result.ok) {
      checkpoint('submit');
      log.write('info', `Queued ${result.value.tasks.length} tasks as batch ${result.value.batch} “${request.name}”`);
      onCommitted();
    } else {
      log.write('warn', [`Refused “${request.name}”:`, ...result.error.map(formatProblem)].join('\n  '));
    }
    return result;
  }

  cancel(ids: readonly TaskId[]): Promise<Applied> {
    return this.ordered(() => this.orders.cancel(ids));
  }

  cancelAll(roots: readonly string[]): Promise<readonly TaskId[]> {
    return this.ordered(() => this.orders.cancelAll(this.ports.store.workspacesUnder(roots)));
  }

  retry(ids: readonly TaskId[], options?: RetryOptions): Promise<Applied> {
    return this.ordered(() => this.orders.retry(ids, options));
  }

  hold(ids: readonly TaskId[]): Promise<Applied> {
    return this.ordered(() => this.orders.hold(ids));
  }

  release(ids: readonly TaskId[]): Promise<Applied> {
    return this.ordered(() => this.orders.release(ids));
  }

  setPriority(ids: readonly TaskId[], priority: number): Promise<Applied> {
    return this.ordered(() => this.orders.setPriority(ids, priority));
  }

  startAnyway(ids: readonly TaskId[]): Promise<Applied> {
    return this.ordered(() => this.orders.startAnyway(ids));
  }

  claimNextTime(id: TaskId, claims: readonly Claim[]): Promise<Applied> {
    return this.ordered(() => this.orders.claimNextTime(id, claims));
  }

  clearFinished(roots: readonly string[], ids?: readonly TaskId[]): Promise<number> {
    const { store, ledger, onCommitted } = this.ports;
    const all = ids ?? store.workspacesUnder(roots).flatMap((workspace) => store.tasks.idsOf(workspace, 'finished'));
    return clearFinished(store, ledger, all, onCommitted);
  }

  query(query: TaskQuery): Promise<TaskPage> {
    return Promise.resolve(this.taskViews.page(query));
  }

  detail(id: TaskId): Promise<TaskDetail | undefined> {
    return Promise.resolve(this.taskViews.detail(id));
  }

  views(ids: readonly TaskId[]): Promise<readonly TaskView[]> {
    return Promise.resolve(this.taskViews.some(ids));
  }

  batches(roots: readonly string[], limit: number): Promise<readonly BatchView[]> {
    return Promise.resolve(this.taskViews.batches(roots, limit));
  }

  batchTasks(batch: BatchId): Promise<readonly TaskView[]> {
    return Promise.resolve(this.taskViews.ofBatch(batch));
  }

  milestoneTasks(...args: Parameters<TaskPort['milestoneTasks']>): ReturnType<TaskPort['milestoneTasks']> {
    return Promise.resolve(this.taskViews.ofMilestones(...args));
  }

  status(roots: readonly string[]): Promise<EngineStatus> {
    const { store, home, limits, notice } = this.ports;
    return Promise.resolve({ home, limits: limits(), storeNotice: notice, ...queueStatus(store, roots) });
  }

  leftovers(): Promise<Leftovers> {
    const { store, lease, locks, table } = this.ports;
    return findLeftovers(store, lease, locks, table);
  }

  private ordered<T>(order: () => T): Promise<T> {
    const applied = order();
    this.ports.onCommitted();
    return Promise.resolve(applied);
  }
}
