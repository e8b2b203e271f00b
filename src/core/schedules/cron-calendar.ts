import { validateDetailed } from 'node-cron';
import { err, ok, type Result } from '../base/result.ts';
import type { Calendar } from './calendar.ts';
import { isDayOfMonth, isDayOfWeek } from './cron-days.ts';

/** The fields as `node-cron` and as people call them, in their order. */
const FIELDS = [['second', 'second'], ['minute', 'minute'], ['hour', 'hour'], ['dayOfMonth', 'day of month'], ['month', 'month'], ['dayOfWeek', 'day of week']] as const;

/**
 * The calendar of a cron expression of five fields, or of six with seconds first, as `node-cron` reads it; or what is wrong with
 * it. A day has to fit both day fields.
 */
export function cronCalendar(expression: string): Result<Calendar, string> {
  const { fields, errors } = validateDetailed(expression);
  if (fields === undefined) return err(describe(expression, errors[0]));
  return ok({
    isDay: (day) => fields.month.includes(day.month) && fields.dayOfMonth.some((value) => isDayOfMonth(value, day)) && fields.dayOfWeek.some((value) => isDayOfWeek(value, day)),
    hours: ascending(fields.hour),
    minutes: ascending(fields.minute),
    seconds: ascending(fields.second),
  });
}

function describe(expression: string, error: { readonly field: string; readonly message: string } | undefined): string {
  const words = expression.trim().split(/\s+/);
  const index = FIELDS.findIndex(([field]) => field === error?.field);
  // Names have become numbers in what the library tells: the word is shown as it was written.
  const word = words[index - (FIELDS.length - words.length)];
  if (error === undefined || word === undefined) return `expected a cron expression of five fields (minute, hour, day of month, month, day of week), such as \`30 8 * * 1-5\`, got \`${expression}\``;
  return error.message.includes('impossible') ? `never comes due: there is no day ${word} in these months` : `\`${word}\` is no ${FIELDS[index]![1]} of a cron expression`;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}
