import type { Log } from '../../base/log.ts';
import { holderOfTask, type RunId, type TaskId } from '../../model/ids.ts';
import type { Outcome } from '../../model/outcome.ts';
import { transition, type TaskEvent } from '../../model/transition.ts';
import type { Task, TaskState } from '../../model/task.ts';
import type { Store } from '../../store/store.ts';
import type { StoredTask } from '../../store/task-row.ts';
import { letGo } from '../files/let-go.ts';

/**
 * The one writer of tasks: applies events through `transition()` and keeps in step what follows from them, locks and
 * dependents. Call it inside `store.write()`.
 */
export class TaskLedger {
  private readonly store: Store;
  private readonly log: Log;

  constructor(store: Store, log: Log) {
    this.store = store;
    this.log = log;
  }

  /** The new state, or why the event does not apply. */
  apply(id: TaskId, event: TaskEvent, now: number): { readonly state: TaskState } | { readonly refused: string } {
    const task = this.store.tasks.get(id);
    return task === undefined ? { refused: 'there is no such task' } : this.applyTo(task, event, now);
  }

  applyTo(task: StoredTask, event: TaskEvent, now: number): { readonly state: TaskState } | { readonly refused: string } {
    const moved = this.move(task, event, now);
    if ('state' in moved && moved.state.status === 'finished') this.settleDependents(task, moved.state.outcome, now);
    return moved;
  }

  /** Queues a finished task again, and those that were skipped and now have nothing to be skipped for. Returns all that are queued now. */
  requeue(task: StoredTask, now: number): readonly TaskId[] {
    const queued = new Set<TaskId>();
    const due = [task];
    for (let next = due.pop(); next !== undefined; next = due.pop()) {
      if (queued.has(next.id)) continue;
      this.move(next, { type: 'requeued', at: now }, now);
      this.store.tasks.setAttempts(next.id, next.attempts, 0);
      if (next.spec.work.kind === 'prompt') this.store.prompts.grantAnew(next.id);
      if (next.crashes > 0) this.store.tasks.setCrashes(next.id, 0);
      this.recountUpstream(next.id);
      queued.add(next.id);
      for (const id of this.store.dependencies.downstreamOf(next.id)) {
        const dependent = this.store.tasks.get(id);
        if (dependent?.state.status === 'queued') this.recountUpstream(id);
        else if (dependent !== undefined && wasSkipped(dependent.state) && this.failedUpstream(id) === undefined) due.push(dependent);
      }
    }
    return [...queued];
  }

  /** An upstream task that ended otherwise than well: until it is queued again, this one would wait for ever. */
  failedUpstream(id: TaskId): StoredTask | undefined {
    const upstream = this.store.dependencies.upstreamOf(id).map((other) => this.store.tasks.get(other));
    return upstream.find((task) => task?.state.status === 'finished' && task.state.outcome.type !== 'succeeded');
  }

  /** A task is gone from the list: nobody waits for it any more. */
  forget(task: StoredTask): readonly RunId[] {
    const runs = this.store.runs.ofTask(task.id).map((run) => run.id);
    for (const run of runs) this.store.runs.delete(run);
    const dependents = this.store.dependencies.downstreamOf(task.id);
    this.store.dependencies.forget(task.id);
    for (const id of dependents) if (this.store.tasks.get(id)?.state.status === 'queued') this.recountUpstream(id);
    this.store.claims.forget(task.id);
    this.store.tasks.delete(task.id);
    this.store.batches.forgetIfEmpty(task.batch);
    return runs;
  }

  private move(task: StoredTask, event: TaskEvent, now: number): { readonly state: TaskState } | { readonly refused: string } {
    const result = transition(task.state, event);
    if (!result.ok) return { refused: refusal(task.state, event) };
    if (task.state.status === 'paused') this.store.runs.addPaused(task.state.run, now - task.state.pausedAt);
    this.store.tasks.setState(task, result.value, now);
    if (result.value.status === 'queued' || result.value.status === 'finished') this.moveOn(task.id);
    return { state: result.value };
  }

  /** The task lets go of its files, and of its place in every line. */
  moveOn(id: TaskId): void {
    letGo(this.store, holderOfTask(id));
  }

  recountUpstream(id: TaskId): void {
    const unmet = this.store.dependencies.upstreamOf(id).filter((upstream) => {
      const state = this.store.tasks.get(upstream)?.state;
      return state !== undefined && !(state.status === 'finished' && state.outcome.type === 'succeeded');
    });
    this.store.tasks.setUnmet(id, unmet.length);
  }

  /** Iterative, so that a chain of thousands is no deeper than one. */
  private settleDependents(task: StoredTask, outcome: Outcome, now: number): void {
    const ended = [{ task, outcome }];
    for (let next = ended.pop(); next !== undefined; next = ended.pop()) {
      for (const id of this.store.dependencies.downstreamOf(next.task.id)) {
        const dependent = this.store.tasks.get(id);
        if (dependent?.state.status !== 'queued') continue;
        if (next.outcome.type === 'succeeded') {
          this.store.tasks.setUnmet(id, dependent.unmet - 1);
          continue;
        }
        const skipped = skippedAfter(next.task, next.outcome);
        this.log.write('info', `#${id} ${dependent.spec.name}: skipped, because #${next.task.id} ${next.task.spec.name} did not succeed`);
        this.move(dependent, { type: 'skipped', outcome: skipped, at: now }, now);
        ended.push({ task: dependent, outcome: skipped });
      }
    }
  }
}

/** What becomes of a task whose upstream ended so. Where a missing program was allowed for, it is for all that needed its work. */
export function skippedAfter(upstream: Task, outcome: Outcome): Outcome {
  if (outcome.type === 'skipped' && outcome.reason === 'missing-program') return outcome;
  return { type: 'skipped', reason: 'upstream', task: upstream.id, name: upstream.spec.name };
}

function wasSkipped(state: TaskState): boolean {
  return state.status === 'finished' && state.outcome.type === 'skipped';
}

function refusal(state: TaskState, event: TaskEvent): string {
  const held = state.status === 'queued' && state.held;
  switch (event.type) {
    case 'stopRequested':
      return state.status === 'finished' ? 'it has already finished' : 'it is already stopping';
    case 'requeued':
      return `it is ${state.status}; only finished tasks can be queued again`;
    case 'held':
      return held ? 'it is held already' : `it is ${state.status}; only waiting tasks can be held`;
    case 'released':
      return held ? '' : 'it is not held';
    default:
      return `\`${event.type}\` does not apply to a task that is ${state.status}`;
  }
}
