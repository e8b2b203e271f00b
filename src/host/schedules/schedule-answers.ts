import type { MissedPolicy, OverlapPolicy, Schedule, ScheduledRequest, ScheduleRule, Weekday } from '../../core/model/schedules/schedule.ts';
import { weekdayName } from '../../core/present/schedules/describe-rule.ts';
import { timeText } from '../../core/schedules/time-text.ts';
import { TimeZone } from '../../core/schedules/time-zone.ts';

export type When = 'every' | 'daily' | 'weekly' | 'monthly' | 'once' | 'cron';

/** What a schedule queues, as far as the dialogue asks for it. */
export type What =
  /** Of one folder of the workspace; `files` are absolute. */
  | { readonly type: 'scripts'; readonly root: string; readonly files: readonly string[] }
  | { readonly type: 'command'; readonly root: string }
  /** What it queues today, which may be more than the dialogue can ask for. */
  | { readonly type: 'kept'; readonly root: string; readonly request: ScheduledRequest };

/** All that the dialogue asks for; what belongs to another way to say when is kept, for whoever goes back. Texts are as typed. */
export interface ScheduleAnswers {
  readonly what: What | undefined;
  /** Arguments of the scripts, or the command. */
  readonly line: string;
  readonly when: When;
  readonly every: string;
  /** From when an interval counts; from now when undefined. */
  readonly starting: string | undefined;
  readonly time: string;
  readonly days: readonly Weekday[];
  readonly day: number | 'last';
  readonly once: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: MissedPolicy;
  readonly overlap: OverlapPolicy;
  readonly name: string;
  readonly role: string | undefined;
  readonly paused: boolean;
}

const HOUR_MS = 3_600_000;

/** Where the dialogue begins for a new schedule. */
export function firstAnswers(now: number, what?: What): ScheduleAnswers {
  return {
    what,
    line: '',
    when: 'daily',
    every: '15m',
    starting: undefined,
    time: '08:00',
    days: [1, 2, 3, 4, 5],
    day: 1,
    once: wallText('local', (Math.floor(now / HOUR_MS) + 1) * HOUR_MS),
    cron: '0 8 * * 1-5',
    timeZone: 'local',
    missed: 'once',
    overlap: 'skip',
    name: '',
    role: undefined,
    paused: false,
  };
}

/** Where it begins for a schedule that is there. */
export function answersOf(schedule: Schedule, now: number): ScheduleAnswers {
  const { workspace, request, timeZone, missed, overlap, name, role, paused } = schedule;
  return { ...firstAnswers(now, { type: 'kept', root: workspace, request }), timeZone, missed, overlap, name, role, paused, ...whenOf(schedule.rule, timeZone) };
}

/** The fields of a schedule that say when, as the engine reads them. */
export function whenFields({ when, every, starting, time, days, day, once, cron, timeZone }: Omit<ScheduleAnswers, 'what'>): Readonly<Record<string, unknown>> {
  switch (when) {
    case 'every':
      return { every: /^\s*\d+(\.\d+)?\s*$/.test(every) ? Number(every) : every, timeZone, ...(starting !== undefined && { starting }) };
    case 'daily':
      return { daily: time, timeZone };
    case 'weekly':
      return { weekly: { days: days.map(weekdayName), time }, timeZone };
    case 'monthly':
      return { monthly: { day, time }, timeZone };
    case 'once':
      return { once: once.trim(), timeZone };
    case 'cron':
      return { cron, timeZone };
  }
}

function whenOf(rule: ScheduleRule, timeZone: string): Partial<ScheduleAnswers> {
  switch (rule.type) {
    case 'interval':
      return { when: 'every', every: spanText(rule.everyMs), starting: new Date(Math.floor(rule.anchor / 1000) * 1000).toISOString().replace('.000', '') };
    case 'daily':
      return { when: 'daily', time: timeText(rule.time) };
    case 'weekly':
      return { when: 'weekly', time: timeText(rule.time), days: rule.days };
    case 'monthly':
      return { when: 'monthly', time: timeText(rule.time), day: rule.day };
    case 'once':
      return { when: 'once', once: wallText(timeZone, rule.at) };
    case 'cron':
      return { when: 'cron', cron: rule.expression };
  }
}

/** As a person types it: `90m`, `2h`, `45s`. */
function spanText(ms: number): string {
  if (ms % HOUR_MS === 0) return `${ms / HOUR_MS}h`;
  return ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`;
}

/** What clocks read at a time: `2030-01-31T08:00`. */
function wallText(timeZone: string, at: number): string {
  return new Date(new TimeZone(timeZone).wallAt(at)).toISOString().slice(0, at % 60_000 === 0 ? 16 : 19);
}
