import { validateDetailed } from 'node-cron';
import { err, ok, type Result } from '../base/result.ts';
import type { Calendar } from './calendar.ts';
import { isDayOfMonth, isDayOfWeek } from './cron-days.ts';

/** What the fields of an expression are called, for people. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  second: 'second', minute: 'minute', hour: 'hour', dayOfMonth: 'day of month', month: 'month', dayOfWeek: 'day of week',
};

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

function describe(expression: string, error: { readonly field: string; readonly value?: string; readonly message: string } | undefined): string {
  const name = error === undefined ? undefined : FIELD_NAMES[error.field];
  if (name === undefined || error?.value === undefined) return `expected a cron expression of five fields (minute, hour, day of month, month, day of week), such as \`30 8 * * 1-5\`, got \`${expression}\``;
  return error.message.includes('impossible') ? `never comes due: there is no day ${error.value} in these months` : `\`${error.value}\` is no ${name} of a cron expression`;
}

function ascending(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}
