import { assertNever } from '../base/assert-never.ts';
import type { BatchId, RunId, TaskId } from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { TaskSpec } from './spec.ts';

/** Why a run was asked to stop. */
export type StopCause =
  | { readonly type: 'cancel' }
  | { readonly type: 'timeout'; readonly afterMs: number }
  | { readonly type: 'memory-limit'; readonly limit: number; readonly used: number }
  /** The machine was short of memory, and a person wants tasks ended then. */
  | { readonly type: 'memory-pressure'; readonly available: number };

/**
 * Where a task is. Times are milliseconds since the epoch.
 *
 * ```
 *          ┌────────── void, retry ───────────┐
 *          ▼                                  │
 *       queued ──claim──▶ starting ──start──▶ running ──stop──▶ stopping
 *        │  ▲                │                   │                 │
 *   skip,│  │requeue    spawn failed             end               end
 * cancel ▼  │                ▼                   ▼                 ▼
 *       finished ◀───────────┴───────────────────┴─────────────────┘
 *
 *       running ──suspend──▶ paused ──resume──▶ running; a paused one stops and ends like a running one
 * ```
 */
export type TaskState =
  | { readonly status: 'queued'; readonly held: boolean; readonly readyAt: number }
  | { readonly status: 'starting'; readonly run: RunId; readonly claimedAt: number }
  | { readonly status: 'running'; readonly run: RunId; readonly startedAt: number }
  /** Its processes stand still, to leave the machine to others. */
  | { readonly status: 'paused'; readonly run: RunId; readonly startedAt: number; readonly pausedAt: number }
  | { readonly status: 'stopping'; readonly run: RunId; readonly startedAt: number; readonly cause: StopCause }
  | { readonly status: 'finished'; readonly outcome: Outcome; readonly finishedAt: number };

export type TaskStatus = TaskState['status'];

export interface Task {
  readonly id: TaskId;
  readonly spec: TaskSpec;
  /** Root folder of the workspace whose engines may start it. */
  readonly workspace: string;
  readonly batch: BatchId;
  readonly submittedAt: number;
  /** Runs begun so far. */
  readonly attempts: number;
  /** Of these, runs since it was last queued by a person; what `retries` is counted against. */
  readonly tries: number;
  readonly state: TaskState;
}

/** The run that a task has in hand, if any. */
export function currentRun(state: TaskState): RunId | undefined {
  switch (state.status) {
    case 'starting':
    case 'running':
    case 'paused':
    case 'stopping':
      return state.run;
    case 'queued':
    case 'finished':
      return undefined;
    default:
      return assertNever(state);
  }
}
