import path from 'node:path';
import { err, ok, type Result } from '../base/result.ts';
import type { Schedule, ScheduleSource } from '../model/schedules/schedule.ts';
import type { Problem } from '../spec/problem.ts';
import { problemsOf } from '../spec/problems-of.ts';
import { rawSchedule, SCHEDULE_FIELDS } from './raw-schedule.ts';
import { readRule } from './read-rule.ts';
import { TimeZone } from './time-zone.ts';

/** A schedule before the store knows it. */
export type NewSchedule = Omit<Schedule, 'id'>;

/** What a schedule is read against. */
export interface ScheduleContext {
  readonly workspace: string;
  readonly source: ScheduleSource;
  readonly now: number;
}

/** A complete schedule from what a person wrote, or all that is wrong with it; its tasks are checked by whoever queues them. `where` prefixes the problems' places. */
export function parseSchedule(value: unknown, { workspace, source, now }: ScheduleContext, where = ''): Result<NewSchedule, readonly Problem[]> {
  const parsed = rawSchedule.safeParse(value);
  if (!parsed.success) return err(problemsOf(parsed.error.issues, value, where, SCHEDULE_FIELDS));
  const raw = parsed.data;
  const problems: Problem[] = [];
  const timeZone = raw.timeZone ?? 'local';
  const rule = readRule(raw, new TimeZone(timeZone), now, (field, message) => {
    problems.push({ where: [where, field].filter((part) => part !== '').join('.'), message });
  });
  if (rule === undefined || problems.length > 0) return err(problems);
  return ok({
    workspace,
    name: raw.name.replaceAll(/\s+/g, ' '),
    rule,
    timeZone,
    missed: raw.missed ?? 'once',
    overlap: raw.overlap ?? 'skip',
    paused: raw.paused ?? false,
    source,
    request: {
      tasks: raw.tasks,
      // Who types a command may mean any file; what comes with a workspace stays inside it.
      confine: source.type !== 'cli',
      ...(raw.base !== undefined && { base: path.resolve(workspace, raw.base) }),
      ...(raw.defaults !== undefined && { defaults: raw.defaults }),
    },
    ...(raw.role !== undefined && { role: raw.role }),
  });
}
