import assert from 'node:assert/strict';
import { test } from 'node:test';
import { scheduleId } from '../../../src/core/model/ids.ts';
import type { Schedule, ScheduleRule } from '../../../src/core/model/schedules/schedule.ts';
import { parseSchedule } from '../../../src/core/schedules/parse-schedule.ts';
import { answersOf, firstAnswers, whenFields, type ScheduleAnswers } from '../../../src/host/schedules/schedule-answers.ts';

const NOW = Date.parse('2030-01-31T08:20:00Z');
const CONTEXT = { workspace: '/lab', source: { type: 'person' }, now: NOW } as const;
const SCHEDULE: Schedule = {
  id: scheduleId(1), workspace: '/lab', name: 'Night', rule: { type: 'daily', time: 510 }, timeZone: 'Europe/Berlin', missed: 'all', overlap: 'queue', paused: true, role: 'task_management',
  source: { type: 'cli' }, request: { base: '/lab/jobs', tasks: [{ script: 'a.py' }], confine: false },
};

function ruleOf(answers: ScheduleAnswers): ScheduleRule {
  const parsed = parseSchedule({ name: 'x', tasks: [{}], ...whenFields(answers) }, CONTEXT);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value.rule;
}

void test('each way to say when has a default that the engine takes', () => {
  const first = { ...firstAnswers(NOW), timeZone: 'UTC', once: '2030-01-31T09:00' };
  const rules = (['every', 'daily', 'weekly', 'monthly', 'once', 'cron'] as const).map((when) => ruleOf({ ...first, when }));
  assert.deepEqual(rules, [
    { type: 'interval', everyMs: 900_000, anchor: NOW },
    { type: 'daily', time: 480 },
    { type: 'weekly', days: [1, 2, 3, 4, 5], time: 480 },
    { type: 'monthly', day: 1, time: 480 },
    { type: 'once', at: Date.parse('2030-01-31T09:00:00Z') },
    { type: 'cron', expression: '0 8 * * 1-5' },
  ]);
  assert.ok(ruleOf({ ...firstAnswers(NOW), when: 'once' }).type === 'once');
});

void test('editing starts from what is there, and taking it as it is changes nothing', () => {
  const rules: readonly ScheduleRule[] = [
    { type: 'interval', everyMs: 5_400_000, anchor: Date.parse('2030-01-30T06:30:05Z') },
    { type: 'interval', everyMs: 7_200_000, anchor: NOW },
    { type: 'interval', everyMs: 90_500, anchor: NOW },
    { type: 'daily', time: 510 },
    { type: 'weekly', days: [0, 6], time: 1439 },
    { type: 'monthly', day: 31, time: 0 },
    { type: 'monthly', day: 'last', time: 0 },
    { type: 'once', at: Date.parse('2030-07-01T08:00:30+02:00') },
    { type: 'once', at: Date.parse('2030-12-01T08:00:00+01:00') },
    { type: 'cron', expression: '*/5 * * * 1-5' },
  ];
  for (const rule of rules) assert.deepEqual(ruleOf(answersOf({ ...SCHEDULE, rule }, NOW)), rule);
  const { what, name, missed, overlap, timeZone, role, paused } = answersOf(SCHEDULE, NOW);
  assert.deepEqual({ what, name, missed, overlap, timeZone, role, paused }, { what: { type: 'kept', root: '/lab', request: SCHEDULE.request }, name: 'Night', missed: 'all', overlap: 'queue', timeZone: 'Europe/Berlin', role: 'task_management', paused: true });
});
