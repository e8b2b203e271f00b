import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSchedule } from '../../../../src/core/schedules/parse-schedule.ts';
import { formatProblem } from '../../../../src/core/spec/problem.ts';

const NOW = Date.parse('2030-01-31T08:00:00Z');
const CONTEXT = { workspace: '/lab', source: { type: 'person' }, now: NOW } as const;
const TASKS = [{ script: 'sweep.py' }];

function ruleOf(fields: object): unknown {
  const parsed = parseSchedule({ name: 'sweep', tasks: TASKS, ...fields }, CONTEXT);
  if (!parsed.ok) throw new Error(parsed.error.map(formatProblem).join('; '));
  return parsed.value.rule;
}

function problemsOf(value: unknown): readonly string[] {
  const parsed = parseSchedule(value, CONTEXT);
  return parsed.ok ? [] : parsed.error.map(formatProblem);
}

void test('a schedule is complete with defaults', () => {
  const parsed = parseSchedule({ name: ' Night \n sweep ', daily: '08:30', tasks: TASKS }, CONTEXT);
  assert.deepEqual(parsed, {
    ok: true,
    value: {
      workspace: '/lab', name: 'Night sweep', rule: { type: 'daily', time: 510 }, timeZone: 'local', missed: 'once', overlap: 'skip', paused: false, source: { type: 'person' },
      request: { tasks: TASKS, confine: true },
    },
  });
  const own = parseSchedule({ name: 'x', daily: '8:30', timeZone: 'Asia/Tokyo', missed: 'all', overlap: 'replace', paused: true, role: 'Night', base: 'jobs', defaults: { type: 'analysis' }, tasks: TASKS }, { ...CONTEXT, source: { type: 'cli' } });
  assert.deepEqual(own, {
    ok: true,
    value: {
      workspace: '/lab', name: 'x', rule: { type: 'daily', time: 510 }, timeZone: 'Asia/Tokyo', missed: 'all', overlap: 'replace', paused: true, role: 'Night', source: { type: 'cli' },
      request: { base: '/lab/jobs', defaults: { type: 'analysis' }, tasks: TASKS, confine: false },
    },
  });
});

void test('each way to say when', () => {
  const zone = { timeZone: 'Europe/Berlin' };
  assert.deepEqual(ruleOf({ every: '90m' }), { type: 'interval', everyMs: 5_400_000, anchor: NOW });
  assert.deepEqual(ruleOf({ every: 30, starting: '2030-02-01T06:00', ...zone }), { type: 'interval', everyMs: 30_000, anchor: Date.parse('2030-02-01T06:00:00+01:00') });
  assert.deepEqual(ruleOf({ weekly: { days: ['Friday', 'mon', 'friday'], time: '00:00' } }), { type: 'weekly', days: [1, 5], time: 0 });
  assert.deepEqual(ruleOf({ monthly: { day: 31, time: '23:59' } }), { type: 'monthly', day: 31, time: 1439 });
  assert.deepEqual(ruleOf({ monthly: { day: 'last', time: '23:59' } }), { type: 'monthly', day: 'last', time: 1439 });
  assert.deepEqual(ruleOf({ once: '2030-07-01 06:00', ...zone }), { type: 'once', at: Date.parse('2030-07-01T06:00:00+02:00') });
  assert.deepEqual(ruleOf({ once: '2030-07-01T06:00:30-05:00', ...zone }), { type: 'once', at: Date.parse('2030-07-01T06:00:30-05:00') });
  assert.deepEqual(ruleOf({ cron: '*/5 * * * 1-5' }), { type: 'cron', expression: '*/5 * * * 1-5' });
});

void test('what is wrong is told with what was expected, and where', () => {
  const cases: readonly (readonly [fields: object, problem: string])[] = [
    [{}, 'missing: a schedule needs one of `every`, `daily`, `weekly`, `monthly`, `once`, `cron`'],
    [{ daily: '08:00', cron: '0 8 * * *' }, '`cron`: a schedule has only one of `daily` and `cron`'],
    [{ daily: '25:00' }, '`daily`: expected a time such as `08:30`, got `"25:00"`'],
    [{ dayly: '05:00' }, '`dayly`: unknown field; did you mean `daily`?'],
    [{ every: '10 lightyears' }, '`every`: expected a duration such as `90s` or `5m`, or a number of seconds, got `"10 lightyears"`'],
    [{ every: 0.5 }, '`every`: expected at least a second, got `0.5`'],
    [{ weekly: { days: [], time: '08:00' } }, '`weekly.days`: expected at least one day, got `[]`'],
    [{ weekly: { days: ['moonday'], time: '08:00' } }, '`weekly.days[0]`: expected a day of the week, such as `monday`, got `"moonday"`'],
    [{ weekly: { day: ['monday'], days: ['monday'], time: '08:00' } }, '`weekly.day`: unknown field; did you mean `days`?'],
    [{ monthly: { day: 32, time: '08:00' } }, '`monthly.day`: expected a day of the month, 1 to 31, or `last`, got `32`'],
    [{ once: '2030-02-30T08:00' }, '`once`: there is no such day, got `2030-02-30T08:00`'],
    [{ once: 'tomorrow' }, '`once`: expected a time such as `2030-01-31T08:00`, got `"tomorrow"`'],
    [{ daily: '08:00', starting: '2030-01-31T08:00' }, '`starting`: only goes with `every`'],
    [{ daily: '08:00', timeZone: 'Europe/Atlantis' }, '`timeZone`: expected `local` or the name of a time zone, such as `Europe/Berlin`, got `"Europe/Atlantis"`'],
    [{ daily: '08:00', missed: 'twice' }, '`missed`: expected `skip` or `once` or `all`, got `"twice"`'],
    [{ daily: '08:00', overlap: 'both' }, '`overlap`: expected `skip` or `queue` or `replace`, got `"both"`'],
    [{ daily: '08:00', tasks: [] }, '`tasks`: expected at least one task, got `[]`'],
    [{ daily: '08:00', name: undefined }, '`name`: expected a text, got nothing'],
    [{ cron: '* * *' }, '`cron`: expected a cron expression of five fields (minute, hour, day of month, month, day of week), such as `30 8 * * 1-5`, got `* * *`'],
    [{ cron: '61 * * * *' }, '`cron`: `61` is no minute of a cron expression'],
    [{ cron: '0 0 * * moonday' }, '`cron`: `moonday` is no day of week of a cron expression'],
    [{ cron: '0 0 30 2 *' }, '`cron`: never comes due: there is no day 30 in these months'],
    [{ cron: '0 0 31W 4 *' }, '`cron`: never comes due: no day fits `0 0 31W 4 *`'],
    [{ cron: '@reboot' }, '`cron`: expected a cron expression of five fields (minute, hour, day of month, month, day of week), such as `30 8 * * 1-5`, got `@reboot`'],
  ];
  for (const [fields, problem] of cases) assert.deepEqual(problemsOf({ name: 'sweep', tasks: TASKS, ...fields }), [problem], JSON.stringify(fields));
  assert.deepEqual(parseSchedule({ name: 'x', tasks: TASKS }, CONTEXT, 'schedules[2]'), { ok: false, error: [{ where: 'schedules[2]', message: 'missing: a schedule needs one of `every`, `daily`, `weekly`, `monthly`, `once`, `cron`' }] });
});
