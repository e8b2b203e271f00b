import type { Log } from '../base/log.ts';
import type { RunId, TaskId } from '../model/ids.ts';
import type { Outcome } from '../model/outcome.ts';
import { transition, type TaskEvent } from '../model/transition.ts';
import type { TaskState } from '../model/task.ts';
import type { Store } from '../store/store.ts';
import type { StoredTask } from '../store/task-row.ts';

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
    const result = transition(task.state, event);
    if (!result.ok) return { refused: refusal(task.state, event) };
    const state = result.value;
    this.store.tasks.setState(task, state, now);
    if (state.status === 'queued' || state.status === 'finished') this.moveOn(task.id);
    if (state.status === 'finished') this.settleDependents(task, state.outcome, now);
    return { state };
  }

  /** Queues a finished task again, and those that were skipped because of it. Returns all that are queued now. */
  requeue(task: StoredTask, now: number): readonly TaskId[] {
    const queued: TaskId[] = [];
    const visit = (visited: StoredTask): void => {
      this.applyTo(visited, { type: 'requeued', at: now }, now);
      this.store.tasks.setAttempts(visited.id, visited.attempts, 0);
      this.recountUpstream(visited.id);
      queued.push(visited.id);
      for (const id of this.store.dependencies.downstreamOf(visited.id)) {
        const dependent = this.store.tasks.get(id);
        if (dependent?.state.status === 'queued') this.recountUpstream(id);
        else if (dependent !== undefined && wasSkippedBy(dependent.state, visited.id)) visit(dependent);
      }
    };
    visit(task);
    return queued;
  }

  /** A task is gone from the list: nobody waits for it any more. */
  forget(task: StoredTask): readonly RunId[] {
    const runs = this.store.runs.ofTask(task.id).map((run) => run.id);
    for (const run of runs) this.store.runs.delete(run);
    this.store.dependencies.forget(task.id);
    this.store.claims.forget(task.id);
    this.store.tasks.delete(task.id);
    this.store.batches.forgetIfEmpty(task.batch);
    return runs;
  }

  /** The task lets go of its files and leaves every line: those right behind it are looked at again. */
  moveOn(id: TaskId): void {
    this.store.claims.release(id);
    for (const next of this.store.tasks.unparkBehind(id)) this.store.claims.leaveLine(next);
  }

  recountUpstream(id: TaskId): void {
    const unmet = this.store.dependencies.upstreamOf(id).filter((upstream) => {
      const state = this.store.tasks.get(upstream)?.state;
      return state !== undefined && !(state.status === 'finished' && state.outcome.type === 'succeeded');
    });
    this.store.tasks.setUnmet(id, unmet.length);
  }

  private settleDependents(task: StoredTask, outcome: Outcome, now: number): void {
    for (const id of this.store.dependencies.downstreamOf(task.id)) {
      const dependent = this.store.tasks.get(id);
      if (dependent?.state.status !== 'queued') continue;
      if (outcome.type === 'succeeded') {
        this.recountUpstream(id);
        continue;
      }
      this.log.write('info', `#${id} ${dependent.spec.name}: skipped, because #${task.id} ${task.spec.name} ended ${outcome.type}`);
      this.applyTo(dependent, { type: 'skipped', outcome: { type: 'skipped', reason: 'upstream', task: task.id, name: task.spec.name }, at: now }, now);
    }
  }
}

function wasSkippedBy(state: TaskState, upstream: TaskId): boolean {
  return state.status === 'finished' && state.outcome.type === 'skipped' && state.outcome.reason === 'upstream' && state.outcome.task === upstream;
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
