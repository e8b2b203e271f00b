import type { ScheduleId } from './ids.ts';

/** A setting that would follow a recommendation: a key below `parallelWorkflow.` and its new value. */
export interface SettingChange {
  readonly type: 'setting';
  readonly key: string;
  readonly value: unknown;
  readonly now: unknown;
}

/** A schedule that would come due at another time of day. Times are minutes since midnight. */
export interface ScheduleChange {
  readonly type: 'schedule';
  readonly schedule: ScheduleId;
  readonly name: string;
  readonly workspace: string;
  /** The file it is written in, absolute; absent when a person or a command line made it. */
  readonly file?: string;
  readonly value: number;
  readonly now: number;
}

/** Advice from history. */
export interface Recommendation {
  /** The same advice has the same id, so that it can be dismissed. */
  readonly id: string;
  readonly kind: 'raise-limit' | 'lower-limit' | 'correct-estimate' | 'quiet-hours' | 'flaky' | 'slower' | 'memory-limit';
  readonly title: string;
  /** The figures behind it, in words. */
  readonly evidence: string;
  /** What following it would change, where a click can do it. */
  readonly change: SettingChange | ScheduleChange | undefined;
}
