import type { Result } from '../../core/base/result.ts';
import type { TaskId } from '../../core/model/ids.ts';

/** Where a task of an agent stands. */
export type TaskStanding =
  | { readonly type: 'waits'; readonly why: string }
  | { readonly type: 'runs' }
  | { readonly type: 'ended'; readonly outcome: string; readonly succeeded: boolean; readonly output: string };

/** The engine, as far as agents may give it work. */
export interface TaskQueue {
  /** Resolves with the task's number, or with what is wrong with its fields. */
  queue(fields: Readonly<Record<string, unknown>>): Promise<Result<TaskId, string>>;
  /** Resolves when the task has ended, or with how it stands when the patience is over; `undefined` when there is none. */
  standing(id: TaskId, patienceMs: number, signal: AbortSignal): Promise<TaskStanding | undefined>;
}
