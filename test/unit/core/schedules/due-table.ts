import type { ScheduleRule, Weekday } from '../../../../src/core/model/schedules/schedule.ts';

/** A rule, where, since when, and the due times that follow, all as clocks there read with their offset. */
export interface DueCase {
  readonly name: string;
  readonly rule: ScheduleRule;
  readonly zone: string;
  readonly after: string;
  readonly due: readonly string[];
  /** The same as an independent library writes it; `undefined` where it has no words for it or means something else. */
  readonly pattern: string | undefined;
}

const HOUR = 3_600_000;
const [SUN, MON, WED, FRI, SAT] = [0, 1, 3, 5, 6] as const;
const BERLIN = 'Europe/Berlin';
const NEW_YORK = 'America/New_York';
const LORD_HOWE = 'Australia/Lord_Howe';

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const clock = (time: string): string => `${Number(time.slice(3))} ${Number(time.slice(0, 2))}`;

function daily(name: string, time: string, zone: string, after: string, ...due: readonly string[]): DueCase {
  return { name, rule: { type: 'daily', time: minutes(time) }, zone, after, due, pattern: `${clock(time)} * * *` };
}

function weekly(name: string, days: readonly Weekday[], time: string, zone: string, after: string, ...due: readonly string[]): DueCase {
  return { name, rule: { type: 'weekly', days, time: minutes(time) }, zone, after, due, pattern: `${clock(time)} * * ${days.join(',')}` };
}

function monthly(name: string, day: number | 'last', time: string, zone: string, after: string, ...due: readonly string[]): DueCase {
  const pattern = day === 'last' || day === 31 ? `${clock(time)} L * *` : day < 29 ? `${clock(time)} ${day} * *` : undefined;
  return { name, rule: { type: 'monthly', day, time: minutes(time) }, zone, after, due, pattern };
}

function cron(name: string, expression: string, zone: string, after: string, ...due: readonly string[]): DueCase {
  return { name, rule: { type: 'cron', expression }, zone, after, due, pattern: expression };
}

function interval(name: string, hours: number, anchor: string, zone: string, after: string, ...due: readonly string[]): DueCase {
  return { name, rule: { type: 'interval', everyMs: hours * HOUR, anchor: Date.parse(anchor) }, zone, after, due, pattern: undefined };
}

function once(name: string, at: string, after: string, ...due: readonly string[]): DueCase {
  return { name, rule: { type: 'once', at: Date.parse(at) }, zone: 'UTC', after, due, pattern: undefined };
}

/** Ours alone: the library reads the expression otherwise. */
function own(each: DueCase): DueCase {
  return { ...each, pattern: undefined };
}

export const DUE_TABLE: readonly DueCase[] = [
  // Days and times of day.
  daily('a time of the same day', '08:00', 'UTC', '2030-01-31T07:59:59Z', '2030-01-31T08:00:00Z', '2030-02-01T08:00:00Z'),
  daily('the due time itself is past', '08:00', 'UTC', '2030-01-31T08:00:00Z', '2030-02-01T08:00:00Z'),
  daily('a moment before', '08:00', 'UTC', '2030-01-31T07:59:59.999Z', '2030-01-31T08:00:00Z'),
  daily('a moment after', '08:00', 'UTC', '2030-01-31T08:00:00.001Z', '2030-02-01T08:00:00Z'),
  daily('midnight, over the end of a year', '00:00', 'UTC', '2030-12-31T12:00:00Z', '2031-01-01T00:00:00Z', '2031-01-02T00:00:00Z'),
  daily('the last minute of a day', '23:59', 'UTC', '2030-02-28T23:59:00Z', '2030-03-01T23:59:00Z'),
  weekly('one day of the week', [WED], '06:30', 'UTC', '2030-01-31T00:00:00Z', '2030-02-06T06:30:00Z', '2030-02-13T06:30:00Z'),
  weekly('several days of the week', [MON, FRI], '06:30', 'UTC', '2030-01-31T00:00:00Z', '2030-02-01T06:30:00Z', '2030-02-04T06:30:00Z', '2030-02-08T06:30:00Z'),
  weekly('the same day, later', [SAT, SUN], '23:00', 'UTC', '2030-02-02T22:00:00Z', '2030-02-02T23:00:00Z', '2030-02-03T23:00:00Z', '2030-02-09T23:00:00Z'),
  weekly('the same day, too late', [SAT], '23:00', 'UTC', '2030-02-02T23:00:00Z', '2030-02-09T23:00:00Z'),

  // Time zones.
  daily('east of Greenwich', '08:00', 'Asia/Tokyo', '2030-01-31T00:00:00Z', '2030-02-01T08:00:00+09:00', '2030-02-02T08:00:00+09:00'),
  daily('west of Greenwich', '23:30', 'America/Los_Angeles', '2030-01-31T08:00:00Z', '2030-01-31T23:30:00-08:00', '2030-02-01T23:30:00-08:00'),
  daily('with half an hour', '08:00', 'Asia/Kolkata', '2030-01-31T02:00:00Z', '2030-01-31T08:00:00+05:30', '2030-02-01T08:00:00+05:30'),
  daily('with a quarter of an hour', '08:00', 'Asia/Kathmandu', '2030-01-31T02:10:00Z', '2030-01-31T08:00:00+05:45', '2030-02-01T08:00:00+05:45'),
  daily('a day ahead', '00:15', 'Pacific/Kiritimati', '2030-01-31T10:00:00Z', '2030-02-01T00:15:00+14:00', '2030-02-02T00:15:00+14:00'),
  daily('nearly a day behind', '23:45', 'Pacific/Pago_Pago', '2030-01-31T10:00:00Z', '2030-01-30T23:45:00-11:00', '2030-01-31T23:45:00-11:00'),
  daily('always the same', '02:30', 'Etc/GMT+5', '2030-03-10T00:00:00Z', '2030-03-10T02:30:00-05:00', '2030-03-11T02:30:00-05:00'),
  weekly('the day is that of the zone', [MON], '01:00', 'Pacific/Auckland', '2030-02-02T00:00:00Z', '2030-02-04T01:00:00+13:00'),
  monthly('the month is that of the zone', 1, '00:30', 'Asia/Tokyo', '2030-01-31T12:00:00Z', '2030-02-01T00:30:00+09:00', '2030-03-01T00:30:00+09:00'),

  // Clocks are put forward.
  daily('a time that is left out, in Europe', '02:30', BERLIN, '2030-03-29T12:00:00Z', '2030-03-30T02:30:00+01:00', '2030-03-31T03:00:00+02:00', '2030-04-01T02:30:00+02:00'),
  daily('the first time that is left out', '02:00', BERLIN, '2030-03-30T12:00:00Z', '2030-03-31T03:00:00+02:00', '2030-04-01T02:00:00+02:00'),
  daily('the first time that is not', '03:00', BERLIN, '2030-03-30T12:00:00Z', '2030-03-31T03:00:00+02:00', '2030-04-01T03:00:00+02:00'),
  daily('the last time before', '01:59', BERLIN, '2030-03-30T12:00:00Z', '2030-03-31T01:59:00+01:00', '2030-04-01T01:59:00+02:00'),
  daily('a time that is left out, in America', '02:30', NEW_YORK, '2030-03-09T12:00:00Z', '2030-03-10T03:00:00-04:00', '2030-03-11T02:30:00-04:00'),
  daily('a time that is left out, in the south', '02:30', 'Australia/Sydney', '2030-10-05T00:00:00Z', '2030-10-06T03:00:00+11:00', '2030-10-07T02:30:00+11:00'),
  daily('half an hour is left out', '02:15', LORD_HOWE, '2030-10-05T00:00:00Z', '2030-10-06T02:30:00+11:00', '2030-10-07T02:15:00+11:00'),
  daily('midnight is left out', '00:00', 'America/Asuncion', '2023-09-30T12:00:00Z', '2023-10-01T01:00:00-03:00', '2023-10-02T00:00:00-03:00'),
  own(daily('a whole day is left out', '12:00', 'Pacific/Apia', '2011-12-29T12:00:00Z', '2011-12-29T12:00:00-10:00', '2011-12-31T00:00:00+14:00', '2011-12-31T12:00:00+14:00')),
  daily('the day is shorter, the time the same', '08:00', BERLIN, '2030-03-29T23:00:00Z', '2030-03-30T08:00:00+01:00', '2030-03-31T08:00:00+02:00'),
  weekly('the day of the change', [SUN], '02:30', BERLIN, '2030-03-25T00:00:00Z', '2030-03-31T03:00:00+02:00', '2030-04-07T02:30:00+02:00'),
  monthly('the month ends with the change', 'last', '02:30', BERLIN, '2030-03-01T00:00:00Z', '2030-03-31T03:00:00+02:00', '2030-04-30T02:30:00+02:00'),
  own(cron('several times of what is left out come as one', '0,20,40 2 * * *', BERLIN, '2030-03-30T12:00:00Z', '2030-03-31T03:00:00+02:00', '2030-04-01T02:00:00+02:00', '2030-04-01T02:20:00+02:00')),
  own(cron('what is left out falls together with what comes next', '30 2,3 * * *', BERLIN, '2030-03-30T12:00:00Z', '2030-03-31T03:00:00+02:00', '2030-03-31T03:30:00+02:00', '2030-04-01T02:30:00+02:00')),
  cron('each hour goes by what has passed', '30 * * * *', BERLIN, '2030-03-31T00:00:00Z', '2030-03-31T01:30:00+01:00', '2030-03-31T03:30:00+02:00', '2030-03-31T04:30:00+02:00'),
  cron('each quarter of an hour too', '*/15 * * * *', NEW_YORK, '2030-03-10T06:40:00Z', '2030-03-10T01:45:00-05:00', '2030-03-10T03:00:00-04:00', '2030-03-10T03:15:00-04:00'),

  // Clocks are put back.
  daily('a time that comes twice, in Europe', '02:30', BERLIN, '2030-10-26T12:00:00Z', '2030-10-27T02:30:00+02:00', '2030-10-28T02:30:00+01:00'),
  daily('after the first of the two', '02:30', BERLIN, '2030-10-27T00:30:00Z', '2030-10-28T02:30:00+01:00'),
  daily('between the two', '02:30', BERLIN, '2030-10-27T01:10:00Z', '2030-10-28T02:30:00+01:00'),
  daily('a time that comes twice, in America', '01:30', NEW_YORK, '2030-11-02T12:00:00Z', '2030-11-03T01:30:00-04:00', '2030-11-04T01:30:00-05:00'),
  daily('a time that comes twice, in the south', '02:30', 'Australia/Sydney', '2030-04-06T00:00:00Z', '2030-04-07T02:30:00+11:00', '2030-04-08T02:30:00+10:00'),
  daily('half an hour comes twice', '01:45', LORD_HOWE, '2030-04-06T00:00:00Z', '2030-04-07T01:45:00+11:00', '2030-04-08T01:45:00+10:30'),
  daily('midnight comes twice', '23:30', 'America/Asuncion', '2024-03-23T12:00:00Z', '2024-03-23T23:30:00-03:00', '2024-03-24T23:30:00-04:00'),
  daily('the hour after comes once', '03:00', BERLIN, '2030-10-26T12:00:00Z', '2030-10-27T03:00:00+01:00', '2030-10-28T03:00:00+01:00'),
  weekly('the day of the change, once', [SUN], '02:00', BERLIN, '2030-10-21T00:00:00Z', '2030-10-27T02:00:00+02:00', '2030-11-03T02:00:00+01:00'),
  own(cron('several times of what comes twice, each once', '0,30 2 * * *', BERLIN, '2030-10-26T12:00:00Z', '2030-10-27T02:00:00+02:00', '2030-10-27T02:30:00+02:00', '2030-10-28T02:00:00+01:00')),
  own(cron('each second of what comes twice, once', '* * 2 * * *', BERLIN, '2030-10-27T00:59:58Z', '2030-10-27T02:59:59+02:00', '2030-10-28T02:00:00+01:00')),
  cron('each hour goes on through both', '30 * * * *', BERLIN, '2030-10-27T00:00:00Z', '2030-10-27T02:30:00+02:00', '2030-10-27T02:30:00+01:00', '2030-10-27T03:30:00+01:00'),
  cron('each quarter of an hour goes on through both', '*/15 * * * *', BERLIN, '2030-10-27T00:40:00Z', '2030-10-27T02:45:00+02:00', '2030-10-27T02:00:00+01:00', '2030-10-27T02:15:00+01:00'),

  // Ends of months, leap years.
  monthly('day 31', 31, '08:00', 'UTC', '2030-01-31T08:00:00Z', '2030-02-28T08:00:00Z', '2030-03-31T08:00:00Z', '2030-04-30T08:00:00Z', '2030-05-31T08:00:00Z'),
  monthly('day 30', 30, '08:00', 'UTC', '2030-01-30T08:00:00Z', '2030-02-28T08:00:00Z', '2030-03-30T08:00:00Z', '2030-04-30T08:00:00Z'),
  monthly('day 29 in a leap year', 29, '08:00', 'UTC', '2032-01-31T00:00:00Z', '2032-02-29T08:00:00Z', '2032-03-29T08:00:00Z'),
  monthly('day 29 in another year', 29, '08:00', 'UTC', '2030-01-31T00:00:00Z', '2030-02-28T08:00:00Z', '2030-03-29T08:00:00Z'),
  monthly('the last day, in a leap year', 'last', '08:00', 'UTC', '2032-02-01T00:00:00Z', '2032-02-29T08:00:00Z', '2032-03-31T08:00:00Z'),
  monthly('the last day of a year', 'last', '23:59', 'UTC', '2030-11-30T23:59:00Z', '2030-12-31T23:59:00Z', '2031-01-31T23:59:00Z'),
  monthly('the 28th', 28, '08:00', 'UTC', '2032-02-28T08:00:00Z', '2032-03-28T08:00:00Z'),
  daily('29 February is a day', '08:00', 'UTC', '2032-02-28T12:00:00Z', '2032-02-29T08:00:00Z', '2032-03-01T08:00:00Z'),
  cron('29 February by name', '0 8 29 2 *', 'UTC', '2030-01-01T00:00:00Z', '2032-02-29T08:00:00Z', '2036-02-29T08:00:00Z'),
  cron('a century without a leap day', '0 8 29 2 *', 'UTC', '2097-01-01T00:00:00Z', '2104-02-29T08:00:00Z'),
  cron('29 February on a Sunday', '0 8 29 2 0', 'UTC', '2030-01-01T00:00:00Z', '2032-02-29T08:00:00Z', '2060-02-29T08:00:00Z'),
  cron('day 31 as cron has it: other months are left out', '0 8 31 * *', 'UTC', '2030-01-31T08:00:00Z', '2030-03-31T08:00:00Z', '2030-05-31T08:00:00Z', '2030-07-31T08:00:00Z'),

  // Cron expressions.
  cron('days of the week', '30 8 * * 1-5', 'UTC', '2030-02-01T12:00:00Z', '2030-02-04T08:30:00Z', '2030-02-05T08:30:00Z'),
  cron('names', '0 0 1 jan,jul *', 'UTC', '2030-02-01T00:00:00Z', '2030-07-01T00:00:00Z', '2031-01-01T00:00:00Z'),
  cron('Sunday as 7', '0 0 * * 7', 'UTC', '2030-02-01T00:00:00Z', '2030-02-03T00:00:00Z', '2030-02-10T00:00:00Z'),
  cron('steps', '*/20 9-10 * * *', 'UTC', '2030-02-01T09:30:00Z', '2030-02-01T09:40:00Z', '2030-02-01T10:00:00Z', '2030-02-01T10:20:00Z', '2030-02-01T10:40:00Z', '2030-02-02T09:00:00Z'),
  cron('seconds', '*/30 * * * * *', 'UTC', '2030-02-01T09:30:10Z', '2030-02-01T09:30:30Z', '2030-02-01T09:31:00Z'),
  cron('both day fields have to fit', '0 0 13 * 5', 'UTC', '2030-01-01T00:00:00Z', '2030-09-13T00:00:00Z', '2030-12-13T00:00:00Z'),
  cron('the last day', '0 0 L * *', 'UTC', '2030-01-31T00:00:00Z', '2030-02-28T00:00:00Z', '2030-03-31T00:00:00Z'),
  own(cron('days before the last', '0 0 L-2 * *', 'UTC', '2030-01-31T00:00:00Z', '2030-02-26T00:00:00Z', '2030-03-29T00:00:00Z')),
  cron('the last Monday to Friday', '0 0 LW * *', 'UTC', '2030-02-28T00:00:00Z', '2030-03-29T00:00:00Z', '2030-04-30T00:00:00Z'),
  cron('the Monday to Friday nearest to a Saturday', '0 0 15W 6 *', 'UTC', '2030-01-01T00:00:00Z', '2030-06-14T00:00:00Z'),
  cron('the Monday to Friday nearest to a first that is a Saturday', '0 0 1W 6 *', 'UTC', '2030-01-01T00:00:00Z', '2030-06-03T00:00:00Z'),
  cron('the last Friday', '0 0 * * 5L', 'UTC', '2030-01-31T00:00:00Z', '2030-02-22T00:00:00Z', '2030-03-29T00:00:00Z'),
  cron('the second Friday', '0 0 * * 5#2', 'UTC', '2030-01-31T00:00:00Z', '2030-02-08T00:00:00Z', '2030-03-08T00:00:00Z'),
  cron('a word for an expression', '@weekly', 'UTC', '2030-01-31T00:00:00Z', '2030-02-03T00:00:00Z', '2030-02-10T00:00:00Z'),
  own(cron('hours over midnight', '0 22-1 * * *', 'UTC', '2030-01-31T22:00:00Z', '2030-01-31T23:00:00Z', '2030-02-01T00:00:00Z', '2030-02-01T01:00:00Z', '2030-02-01T22:00:00Z')),

  // Elapsed time, and one time.
  interval('counts from its anchor', 6, '2030-01-31T01:00:00Z', 'UTC', '2030-01-31T02:00:00Z', '2030-01-31T07:00:00Z', '2030-01-31T13:00:00Z'),
  interval('its anchor is the first', 6, '2030-01-31T01:00:00Z', 'UTC', '2030-01-29T02:00:00Z', '2030-01-31T01:00:00Z', '2030-01-31T07:00:00Z'),
  interval('the anchor itself is past', 6, '2030-01-31T01:00:00Z', 'UTC', '2030-01-31T01:00:00Z', '2030-01-31T07:00:00Z'),
  interval('a day of elapsed time, clocks put forward', 24, '2030-03-30T08:00:00+01:00', BERLIN, '2030-03-30T12:00:00Z', '2030-03-31T09:00:00+02:00'),
  interval('a day of elapsed time, clocks put back', 24, '2030-10-26T08:00:00+02:00', BERLIN, '2030-10-26T12:00:00Z', '2030-10-27T07:00:00+01:00'),
  once('lies ahead', '2030-01-31T08:00:00Z', '2030-01-30T00:00:00Z', '2030-01-31T08:00:00Z'),
  once('is now', '2030-01-31T08:00:00Z', '2030-01-31T08:00:00Z'),
  once('is past', '2030-01-31T08:00:00Z', '2030-01-31T08:00:00.001Z'),
];
