import type { OptionTable } from '../command-option.ts';
import { SPEC_OPTIONS } from '../submit/spec-options.ts';

/** When a schedule comes due, and what happens to due times that pass or overlap. */
const TIMES = {
  every: { type: 'string', value: 'TIME', help: 'each so much elapsed time: 15m, 2h' },
  starting: { type: 'string', value: 'TIME', help: 'with --every: counted from 2030-01-31T08:00, else from now' },
  daily: { type: 'string', value: 'TIME', help: 'every day at 08:00' },
  weekly: { type: 'string', value: 'DAYS', help: 'on days of the week: "mon,fri 08:00"' },
  monthly: { type: 'string', value: 'DAY', help: 'on a day of the month, or its last: "15 08:00", "last 08:00"' },
  once: { type: 'string', value: 'TIME', help: 'at one time: 2030-01-31T08:00' },
  cron: { type: 'string', value: 'TEXT', help: 'by a cron expression: "30 8 * * 1-5"' },
  'time-zone': { type: 'string', value: 'NAME', help: 'whose clocks count: Europe/Berlin; those of this machine by default' },
  missed: { type: 'string', value: 'WORD', help: 'for times that passed while nothing ran: skip, once (the default), all' },
  overlap: { type: 'string', value: 'WORD', help: 'while the last run goes on: skip (the default), queue, replace' },
  paused: { type: 'boolean', help: 'nothing comes due before `schedules resume`' },
} as const satisfies OptionTable;

export const SCHEDULE_OPTIONS = {
  ...TIMES,
  ...SPEC_OPTIONS,
  batch: { type: 'string', value: 'FILE', help: 'queue the tasks of a batch file' },
  all: { type: 'boolean', short: 'a', help: 'list the schedules of this whole machine' },
} as const satisfies OptionTable;
