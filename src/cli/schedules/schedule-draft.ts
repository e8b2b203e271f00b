import { formatProblem, type Problem } from '../../core/spec/problem.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { ParsedLine } from '../parse-options.ts';
import { batchFileRequest, batchProblems } from '../submit/batch-file-request.ts';
import { commandLineRequest } from '../submit/command-line-request.ts';
import { problemsError } from '../submit/problems-error.ts';
import type { SubmissionDraft } from '../submit/submission-draft.ts';
import type { SCHEDULE_OPTIONS } from './schedule-options.ts';

type ScheduleLine = Pick<ParsedLine<typeof SCHEDULE_OPTIONS>, 'options' | 'positionals' | 'rest'>;

/** What is to be scheduled, before it is known in which workspace. */
export interface ScheduleDraft {
  readonly submission: SubmissionDraft;
  /** As the engine reads it. */
  written(workspace: string): unknown;
  /** What is wrong with it, in the words of the command line. */
  refusal(problems: readonly Problem[]): UserError;
}

/** A schedule from the words behind `schedules add`. */
export function scheduleDraft(line: ScheduleLine, cwd: string): ScheduleDraft {
  const { options, positionals, rest } = line;
  if (options['start-at'] !== undefined) throw new UserError('`--start-at` does not go with a schedule: its tasks start when it comes due, such as `--once 2030-01-31T08:00`.');
  if (options.batch !== undefined && (positionals.length > 0 || rest !== undefined)) throw new UserError('`--batch FILE` stands alone: the tasks are those of the file.');
  const when = whenFields(options);
  const submission = options.batch === undefined ? commandLineRequest(line, cwd, 'schedules add') : batchFileRequest(options.batch, cwd);
  return {
    submission,
    written: (workspace) => {
      const { name, base, defaults, tasks, others } = submission.request(workspace);
      const problems = others === undefined ? [] : batchProblems({ ...others, tasks, ...(defaults !== undefined && { defaults }) });
      if (problems.length > 0) throw problemsError(submission.describe(problems));
      return { ...when, name: options.name ?? name, base, tasks, ...(defaults !== undefined && { defaults }) };
    },
    refusal: (problems) => {
      const ofTasks = problems.filter(({ where }) => where.startsWith('tasks') || where.startsWith('defaults'));
      const own = problems.filter((problem) => !ofTasks.includes(problem));
      return new UserError(`${[...own.map(describe), ...submission.describe(ofTasks)].join('\n')}\nNo schedule was made.`);
    },
  };
}

function whenFields(options: ScheduleLine['options']): Record<string, unknown> {
  const fields = {
    every: options.every !== undefined && /^\d+(\.\d+)?$/.test(options.every) ? Number(options.every) : options.every,
    starting: options.starting,
    daily: options.daily,
    weekly: options.weekly === undefined ? undefined : weeklyOf(options.weekly),
    monthly: options.monthly === undefined ? undefined : monthlyOf(options.monthly),
    once: options.once,
    cron: options.cron,
    timeZone: options['time-zone'],
    missed: options.missed,
    overlap: options.overlap,
    paused: options.paused ? true : undefined,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function weeklyOf(text: string): unknown {
  const [days, time, ...more] = text.trim().split(/\s+/);
  if (days === undefined || time === undefined || more.length > 0) throw new UserError(`Expected \`--weekly\` to be days and a time, such as "mon,fri 08:00", got \`${text}\`.`);
  return { days: days.split(','), time };
}

function monthlyOf(text: string): unknown {
  const [day, time, ...more] = text.trim().split(/\s+/);
  if (day === undefined || time === undefined || more.length > 0) throw new UserError(`Expected \`--monthly\` to be a day and a time, such as "15 08:00" or "last 08:00", got \`${text}\`.`);
  return { day: /^\d+$/.test(day) ? Number(day) : day, time };
}

function describe(problem: Problem): string {
  const [field = '', ...nested] = problem.where.split('.');
  if (field === '') return 'Expected when it comes due: one of `--every`, `--daily`, `--weekly`, `--monthly`, `--once`, `--cron`.';
  if (field === 'base') return formatProblem(problem);
  return `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${nested.length > 0 ? `${nested.join('.')}: ` : ''}${problem.message}`;
}
