import type { BatchId, ScheduleId } from '../ids.ts';

/** Sunday is 0, as in cron expressions. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** When a schedule comes due. Times of day are minutes since midnight by the clocks of the schedule's time zone. */
export type ScheduleRule =
  /** Each so many milliseconds of elapsed time, counted from `anchor`. */
  | { readonly type: 'interval'; readonly everyMs: number; readonly anchor: number }
  | { readonly type: 'daily'; readonly time: number }
  | { readonly type: 'weekly'; readonly days: readonly Weekday[]; readonly time: number }
  /** In a month without that day, on its last one. */
  | { readonly type: 'monthly'; readonly day: number | 'last'; readonly time: number }
  | { readonly type: 'once'; readonly at: number }
  | { readonly type: 'cron'; readonly expression: string };

/** What becomes of due times that passed while no engine was there. */
export type MissedPolicy = 'skip' | 'once' | 'all';

/** What becomes of a due time while the last run has not ended. */
export type OverlapPolicy = 'skip' | 'queue' | 'replace';

/** Where a schedule was written. */
export type ScheduleSource =
  | { readonly type: 'person' }
  | { readonly type: 'cli' }
  /** A file of the workspace, absolute; only a person's yes lets it run. */
  | { readonly type: 'file'; readonly path: string };

/** What a schedule queues, as written; it is read anew each time it comes due. */
export interface ScheduledRequest {
  /** Folder that relative paths start from, absolute; the workspace by default. */
  readonly base?: string;
  readonly defaults?: unknown;
  readonly tasks: readonly unknown[];
  readonly confine: boolean;
}

export interface Schedule {
  readonly id: ScheduleId;
  /** Root of the workspace whose engines fire it; absolute. */
  readonly workspace: string;
  readonly name: string;
  readonly rule: ScheduleRule;
  /** An IANA name, or `local` for that of the machine. */
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly overlap: OverlapPolicy;
  /** Whose queue its tasks join. */
  readonly role?: string;
  readonly paused: boolean;
  readonly source: ScheduleSource;
  readonly request: ScheduledRequest;
}

/** What became of one due time, or of one order to run now. */
export type ScheduleRunState =
  | { readonly type: 'queued'; readonly batch: BatchId }
  /** It waits for the run before it to end. */
  | { readonly type: 'waiting' }
  /** The run before it had not ended. */
  | { readonly type: 'skipped' }
  /** What it should queue is wrong by now. */
  | { readonly type: 'refused'; readonly message: string }
  /** An error kept it from being looked at. */
  | { readonly type: 'failed'; readonly message: string };

export interface ScheduleRun {
  readonly dueAt: number;
  /** Ordered by a person, not by the clock. */
  readonly manual: boolean;
  readonly state: ScheduleRunState;
}

/** Why a schedule is not going to come due, or when it is. */
export type ScheduleState =
  | { readonly type: 'due'; readonly at: number }
  /** With the errors in a row that came before, where there are some. */
  | { readonly type: 'paused'; readonly after?: { readonly errors: number; readonly message: string } }
  /** It came with a workspace file, and nobody has said yes to it. */
  | { readonly type: 'untrusted' }
  /** No due time lies ahead. */
  | { readonly type: 'over' };
