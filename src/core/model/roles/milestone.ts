import type { TaskId } from '../ids.ts';

/** Something to be reached by a day, made of tasks. */
export interface Milestone {
  readonly name: string;
  /** Date of the calendar, `2030-01-31`; due when that day is over. */
  readonly due?: string;
  /** Names of tasks, as globs. */
  readonly tasks: readonly string[];
  /** Tasks that carry one of these tags. */
  readonly tags: readonly string[];
}

/** Why a milestone does not come nearer. */
export interface Blocker {
  readonly task: TaskId;
  readonly name: string;
  /** As half a sentence: `failed (exit 2)`, `waits for data.json, held by “Sweep 3”`. */
  readonly why: string;
}

/** How far a milestone is. Of tasks with the same name the latest counts. */
export interface MilestoneProgress {
  readonly milestone: Milestone;
  readonly total: number;
  readonly succeeded: number;
  /** That ended otherwise than expected. */
  readonly failed: number;
  /** Of these, how many somebody stopped. */
  readonly cancelled: number;
  readonly running: number;
  readonly waiting: number;
  /** When the rest is expected to be done, by what past runs took; milliseconds since the epoch. `undefined` when nothing is known. */
  readonly expectedEnd: number | undefined;
  /** End of the day it is due. */
  readonly dueAt: number | undefined;
  readonly state: 'empty' | 'reached' | 'onTrack' | 'late' | 'blocked';
  readonly blockers: readonly Blocker[];
}
