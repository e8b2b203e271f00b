import type { TaskId } from '../ids.ts';
import type { Schedule, ScheduleRun, ScheduleState } from './schedule.ts';

/** How far the tasks of a run have come, all of them together. Gone: they were taken out of the list. */
export type ScheduleProgress = 'waiting' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'gone';

/** One run of a schedule, with what became of its tasks. */
export interface ScheduleRunView extends ScheduleRun {
  /** `undefined` when nothing was queued. */
  readonly progress: ScheduleProgress | undefined;
  readonly endedAt: number | undefined;
  readonly tasks: readonly TaskId[];
}

export interface ScheduleView {
  readonly schedule: Schedule;
  readonly state: ScheduleState;
  /** Whether an engine is there that would fire it. */
  readonly isServed: boolean;
  /** The latest first, not all. */
  readonly runs: readonly ScheduleRunView[];
}
