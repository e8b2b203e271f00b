import * as z from 'zod/mini';
import { parseDuration } from '../base/units.ts';
import { isTimeZone } from './time-zone.ts';

const SHORTEST_MS = 1000;

const text = z.string().check(z.trim(), z.minLength(1, 'expected a text that is not empty'));
const time = z.string().check(z.regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'expected a time such as `08:30`'));
const moment = z.string().check(z.regex(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?$/, 'expected a time such as `2030-01-31T08:00`'));
const weekday = z.string().check(z.regex(/^(sun(day)?|mon(day)?|tue(sday)?|wed(nesday)?|thu(rsday)?|fri(day)?|sat(urday)?)$/i, 'expected a day of the week, such as `monday`'));

const dayOfMonth = z.number().check(z.int('expected a day of the month, 1 to 31, or `last`'), z.gte(1, 'expected a day of the month, 1 to 31, or `last`'), z.lte(31, 'expected a day of the month, 1 to 31, or `last`'));

const every = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((value, context) => {
    const parsed = parseDuration(value);
    if (parsed.ok && parsed.value >= SHORTEST_MS) return parsed.value;
    context.issues.push({ code: 'custom', message: parsed.ok ? 'expected at least a second' : parsed.error, input: value });
    return z.NEVER;
  }),
);

/** Every field of a schedule as a person writes it. */
const fields = {
  name: text,
  every: z.optional(every),
  starting: z.optional(moment),
  daily: z.optional(time),
  weekly: z.optional(z.strictObject({ days: z.array(weekday).check(z.minLength(1, 'expected at least one day')), time })),
  monthly: z.optional(z.strictObject({ day: z.union([z.literal('last'), dayOfMonth]), time })),
  once: z.optional(moment),
  cron: z.optional(text),
  timeZone: z.optional(z.string().check(z.refine((name) => name === 'local' || isTimeZone(name), 'expected `local` or the name of a time zone, such as `Europe/Berlin`'))),
  missed: z.optional(z.enum(['skip', 'once', 'all'])),
  overlap: z.optional(z.enum(['skip', 'queue', 'replace'])),
  paused: z.optional(z.boolean()),
  role: z.optional(text),
  base: z.optional(text),
  defaults: z.optional(z.unknown()),
  tasks: z.array(z.unknown()).check(z.minLength(1, 'expected at least one task')),
};

export const rawSchedule = z.strictObject(fields);
export type RawSchedule = z.infer<typeof rawSchedule>;

/** Of these a schedule has just one. */
export const RULE_FIELDS = ['every', 'daily', 'weekly', 'monthly', 'once', 'cron'] as const;
export const SCHEDULE_FIELDS: readonly string[] = Object.keys(fields);
