import { batchId, runId, taskId } from '../model/ids.ts';
import { isFailure, type Outcome } from '../model/outcome.ts';
import type { TaskSpec } from '../model/spec.ts';
import type { StopCause, Task, TaskState, TaskStatus } from '../model/task.ts';
import type { Row } from './database.ts';

/** Waiting this long is worth one step of priority: with it the order of any two waiting tasks never changes, so it can be indexed. */
export const AGEING_MS_PER_PRIORITY = 10 * 60_000;

/** Place in the queue, lower first: priority with ageing, then submission. */
export function rankOf(priority: number, since: number): number {
  return since + priority * AGEING_MS_PER_PRIORITY;
}

/** A task with the columns that only the store keeps. */
export interface StoredTask extends Task {
  readonly unmet: number;
  /** Place in its group; in the queue lower goes first. */
  readonly position: number;
  /** Starts though somebody has unsaved changes in its files: a person said so. */
  readonly overEditors: boolean;
  /** Bytes to set aside for it at least, since a run died for lack of memory. */
  readonly memoryWanted: number | undefined;
  /** Engines that ended soon after they had started it, and nothing else. */
  readonly crashes: number;
}

export function toTask(row: Row): StoredTask {
  return {
    id: taskId(Number(row.id)),
    batch: batchId(Number(row.batch)),
    workspace: String(row.workspace),
    spec: { ...(JSON.parse(String(row.spec)) as TaskSpec), priority: Number(row.priority), type: String(row.type) },
    submittedAt: Number(row.submitted_at),
    attempts: Number(row.attempts),
    tries: Number(row.tries),
    unmet: Number(row.unmet),
    position: Number(row.position),
    overEditors: row.over_editors === 1,
    memoryWanted: row.memory_wanted === null ? undefined : Number(row.memory_wanted),
    crashes: Number(row.crashes),
    state: toState(row),
  };
}

function toState(row: Row): TaskState {
  const since = Number(row.since);
  const run = runId(Number(row.run));
  switch (row.status) {
    case 'queued':
      return { status: 'queued', held: row.held === 1, readyAt: Number(row.ready_at) };
    case 'starting':
      return { status: 'starting', run, claimedAt: since };
    case 'running':
      return { status: 'running', run, startedAt: since };
    case 'paused':
      return { status: 'paused', run, startedAt: since, pausedAt: Number(JSON.parse(String(row.cause))) };
    case 'stopping':
      return { status: 'stopping', run, startedAt: since, cause: JSON.parse(String(row.cause)) as StopCause };
    case 'finished':
      return { status: 'finished', outcome: JSON.parse(String(row.outcome)) as Outcome, finishedAt: since };
    default:
      throw new Error(`Task ${String(row.id)} has the unknown status ${String(row.status)}`);
  }
}

/** The columns that a state fills. */
export interface StateColumns {
  readonly status: TaskStatus;
  readonly held: number;
  readonly timed: number;
  readonly readyAt: number;
  readonly position: number;
  readonly run: number | null;
  readonly since: number;
  readonly cause: string | null;
  readonly outcome: string | null;
  readonly unexpected: number;
}

export function stateColumns(spec: TaskSpec, state: TaskState, now: number): StateColumns {
  const none = { held: 0, timed: 0, readyAt: 0, run: null, cause: null, outcome: null, unexpected: 0 };
  switch (state.status) {
    case 'queued':
      return {
        ...none, status: 'queued', held: state.held ? 1 : 0, timed: state.readyAt > now ? 1 : 0,
        readyAt: state.readyAt, position: rankOf(spec.priority, state.readyAt), since: state.readyAt,
      };
    case 'starting':
      return { ...none, status: 'starting', run: state.run, since: state.claimedAt, position: state.claimedAt };
    case 'running':
      return { ...none, status: 'running', run: state.run, since: state.startedAt, position: state.startedAt };
    case 'paused':
      return { ...none, status: 'paused', run: state.run, since: state.startedAt, position: state.startedAt, cause: JSON.stringify(state.pausedAt) };
    case 'stopping':
      return { ...none, status: 'stopping', run: state.run, since: state.startedAt, position: state.startedAt, cause: JSON.stringify(state.cause) };
    case 'finished':
      return {
        ...none, status: 'finished', since: state.finishedAt, position: -state.finishedAt,
        outcome: JSON.stringify(state.outcome), unexpected: isFailure(state.outcome, spec.expect) ? 1 : 0,
      };
  }
}
