import { assertNever } from '../base/assert-never.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { RunId } from './ids.ts';
import type { Outcome } from './outcome.ts';
import type { StopCause, TaskState, TaskStatus } from './task.ts';

/** A fact about a task. `at` is milliseconds since the epoch. */
export type TaskEvent =
  | { readonly type: 'claimed'; readonly run: RunId; readonly at: number }
  /** The claim never became a process: its ticket was voided. The task has its place in the queue again, as one ready since `readyAt`. */
  | { readonly type: 'voided'; readonly at: number; readonly readyAt: number }
  | { readonly type: 'started'; readonly at: number }
  | { readonly type: 'stopRequested'; readonly cause: StopCause; readonly at: number }
  /** The run is over. With `retryAt`, and unless somebody asked it to stop, the task is queued again for that time. */
  | { readonly type: 'ended'; readonly outcome: Outcome; readonly at: number; readonly retryAt?: number }
  /** It will not run: upstream failed, or its program is missing. */
  | { readonly type: 'skipped'; readonly outcome: Outcome; readonly at: number }
  /** It can never run: it needs more than the machine has. */
  | { readonly type: 'neverFits'; readonly resource: 'cpu' | 'memory'; readonly needs: number; readonly has: number; readonly at: number }
  /** Its processes are to stand still, and to go on. */
  | { readonly type: 'suspended'; readonly at: number }
  | { readonly type: 'resumed'; readonly at: number }
  | { readonly type: 'held' }
  | { readonly type: 'released'; readonly at: number }
  | { readonly type: 'requeued'; readonly at: number };

export type TaskEventType = TaskEvent['type'];

export interface Refusal {
  readonly status: TaskStatus;
  readonly event: TaskEventType;
}

/** The one place that says what may follow what. Pure; an event that makes no sense in a state is refused, never ignored. */
export function transition(state: TaskState, event: TaskEvent): Result<TaskState, Refusal> {
  const refuse = err({ status: state.status, event: event.type });
  switch (state.status) {
    case 'queued':
      return whileQueued(state, event) ?? refuse;
    case 'starting':
      return whileStarting(state, event) ?? refuse;
    case 'running':
      return whileRunning(state, event) ?? refuse;
    case 'paused':
      return whilePaused(state, event) ?? refuse;
    case 'stopping':
      return whileStopping(state, event) ?? refuse;
    case 'finished':
      return event.type === 'requeued' ? ok({ status: 'queued', held: false, readyAt: event.at }) : refuse;
    default:
      return assertNever(state);
  }
}

type In<S extends TaskStatus> = Extract<TaskState, { status: S }>;
type Next = Result<TaskState, never> | undefined;

function whileQueued(state: In<'queued'>, event: TaskEvent): Next {
  switch (event.type) {
    case 'claimed':
      return state.held ? undefined : ok({ status: 'starting', run: event.run, claimedAt: event.at });
    case 'held':
      return state.held ? undefined : ok({ ...state, held: true });
    case 'released':
      return state.held ? ok({ ...state, held: false, readyAt: Math.max(state.readyAt, event.at) }) : undefined;
    case 'stopRequested':
      return event.cause.type === 'cancel' ? ok({ status: 'finished', outcome: { type: 'cancelled' }, finishedAt: event.at }) : undefined;
    case 'skipped':
      return ok({ status: 'finished', outcome: event.outcome, finishedAt: event.at });
    case 'neverFits': {
      const { resource, needs, has } = event;
      return ok({ status: 'finished', outcome: { type: 'failed', reason: 'never-fits', resource, needs, has }, finishedAt: event.at });
    }
    default:
      return undefined;
  }
}

function whileStarting(state: In<'starting'>, event: TaskEvent): Next {
  switch (event.type) {
    case 'voided':
      return ok({ status: 'queued', held: false, readyAt: event.readyAt });
    case 'started':
      return ok({ status: 'running', run: state.run, startedAt: event.at });
    case 'stopRequested':
      return ok({ status: 'stopping', run: state.run, startedAt: state.claimedAt, cause: event.cause });
    case 'ended':
      return ended(event);
    case 'skipped':
      return ok({ status: 'finished', outcome: event.outcome, finishedAt: event.at });
    default:
      return undefined;
  }
}

function whileRunning(state: In<'running'>, event: TaskEvent): Next {
  switch (event.type) {
    case 'stopRequested':
      return ok({ status: 'stopping', run: state.run, startedAt: state.startedAt, cause: event.cause });
    case 'ended':
      return ended(event);
    case 'suspended':
      return ok({ status: 'paused', run: state.run, startedAt: state.startedAt, pausedAt: event.at });
    default:
      return undefined;
  }
}

function whilePaused({ run, startedAt }: In<'paused'>, event: TaskEvent): Next {
  switch (event.type) {
    case 'resumed':
      return ok({ status: 'running', run, startedAt });
    case 'stopRequested':
      return ok({ status: 'stopping', run, startedAt, cause: event.cause });
    case 'ended':
      return ended(event);
    default:
      return undefined;
  }
}

function whileStopping(state: In<'stopping'>, event: TaskEvent): Next {
  switch (event.type) {
    case 'stopRequested':
      // A person's word outranks the engine's own reasons.
      return event.cause.type === 'cancel' && state.cause.type !== 'cancel' ? ok({ ...state, cause: event.cause }) : undefined;
    case 'voided':
      return ok({ status: 'finished', outcome: stoppedOutcome(state.cause), finishedAt: event.at });
    case 'ended': {
      const outcome = stoppedOutcome(state.cause);
      return state.cause.type === 'cancel' ? ok({ status: 'finished', outcome, finishedAt: event.at }) : ended({ ...event, outcome });
    }
    default:
      return undefined;
  }
}

function ended(event: Extract<TaskEvent, { type: 'ended' }>): Next {
  return event.retryAt === undefined
    ? ok({ status: 'finished', outcome: event.outcome, finishedAt: event.at })
    : ok({ status: 'queued', held: false, readyAt: event.retryAt });
}

/** How a run that was asked to stop is said to have ended, whatever its exit code. */
export function stoppedOutcome(cause: StopCause): Outcome {
  switch (cause.type) {
    case 'cancel':
      return { type: 'cancelled' };
    case 'timeout':
      return { type: 'timedOut', afterMs: cause.afterMs };
    case 'memory-limit':
      return { type: 'failed', reason: 'memory-limit', limit: cause.limit, used: cause.used };
    case 'memory-pressure':
      return { type: 'failed', reason: 'memory-pressure', available: cause.available };
    default:
      return assertNever(cause);
  }
}
