import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchId, scheduleId, taskId } from '../../../src/core/model/ids.ts';
import type { Schedule, ScheduleRule } from '../../../src/core/model/schedules/schedule.ts';
import type { ScheduleRunView, ScheduleView } from '../../../src/core/model/schedules/schedule-view.ts';
import { describeRequest } from '../../../src/core/present/agents/describe-request.ts';
import { describeRule } from '../../../src/core/present/schedules/describe-rule.ts';
import { formatMoment } from '../../../src/core/present/format/format-moment.ts';
import { presentSchedule, presentScheduleRun } from '../../../src/core/present/schedules/present-schedule.ts';
import { scheduleTooltip } from '../../../src/core/present/schedules/schedule-tooltip.ts';

const NOW = Date.parse('2030-01-31T08:00:00Z');
const HOUR = 3_600_000;

const SCHEDULE: Schedule = {
  id: scheduleId(1), workspace: '/lab', name: 'Night sweep', rule: { type: 'daily', time: 510 }, timeZone: 'UTC', missed: 'once', overlap: 'skip', paused: false,
  source: { type: 'person' }, request: { tasks: [], confine: true },
};
const RUN: ScheduleRunView = { dueAt: NOW - 2 * HOUR, manual: false, state: { type: 'queued', batch: batchId(1) }, progress: 'succeeded', endedAt: NOW - 2 * HOUR + 90_000, tasks: [taskId(3)] };
const VIEW: ScheduleView = { schedule: SCHEDULE, state: { type: 'due', at: NOW + 30 * 60_000 }, isServed: true, runs: [] };

void test('each rule in words', () => {
  const rules: readonly (readonly [rule: ScheduleRule, words: string, timeZone?: string])[] = [
    [{ type: 'interval', everyMs: 900_000, anchor: 0 }, 'every 15 min', 'Asia/Tokyo'],
    [{ type: 'interval', everyMs: 1000, anchor: 0 }, 'every 1 s'],
    [{ type: 'interval', everyMs: 5_410_000, anchor: 0 }, 'every 1 h 30 min 10 s'],
    [{ type: 'interval', everyMs: 86_400_000, anchor: 0 }, 'every 24 h'],
    [{ type: 'daily', time: 0 }, 'every day at 00:00'],
    [{ type: 'daily', time: 510 }, 'every day at 08:30 (Europe/Berlin)', 'Europe/Berlin'],
    [{ type: 'weekly', days: [1, 2, 3, 4, 5], time: 510 }, 'Monday to Friday at 08:30'],
    [{ type: 'weekly', days: [0, 3], time: 510 }, 'every Wednesday and Sunday at 08:30'],
    [{ type: 'weekly', days: [0, 1, 5], time: 510 }, 'every Monday, Friday and Sunday at 08:30'],
    [{ type: 'weekly', days: [6], time: 510 }, 'every Saturday at 08:30'],
    [{ type: 'weekly', days: [0, 1, 2, 3, 4, 5, 6], time: 510 }, 'every day at 08:30'],
    [{ type: 'monthly', day: 15, time: 510 }, 'on day 15 of every month at 08:30'],
    [{ type: 'monthly', day: 31, time: 510 }, 'on day 31 of every month, or its last, at 08:30'],
    [{ type: 'monthly', day: 'last', time: 510 }, 'on the last day of every month at 08:30'],
    [{ type: 'once', at: NOW }, 'once, Thu, Jan 31, 17:00 (Asia/Tokyo)', 'Asia/Tokyo'],
    [{ type: 'cron', expression: '*/5 * * * *' }, 'cron */5 * * * *'],
  ];
  for (const [rule, words, timeZone = 'local'] of rules) assert.equal(describeRule({ rule, timeZone }, NOW, 'en'), words);
});

void test('a moment has seconds and a year where they say something', () => {
  assert.equal(formatMoment(NOW, NOW, 'UTC', 'en'), 'Thu, Jan 31, 08:00');
  assert.equal(formatMoment(NOW + 5000, NOW, 'America/New_York', 'en'), 'Thu, Jan 31, 03:00:05');
  assert.equal(formatMoment(NOW + 400 * 24 * HOUR, NOW, 'UTC', 'en'), 'Fri, Mar 7, 2031, 08:00');
  assert.equal(formatMoment(Date.parse('2030-12-31T23:30:00Z'), NOW, 'Asia/Tokyo', 'en'), 'Wed, Jan 1, 2031, 08:30');
});

const rows: readonly (readonly [name: string, view: Partial<ScheduleView>, row: string])[] = [
  ['one that comes due', {}, 'calendar - | in 30 min · every day at 08:30 (UTC) | Night sweep, every day at 08:30 (UTC) | schedule runnable pausable removable'],
  ['one that is due now', { state: { type: 'due', at: NOW } }, 'calendar - | due now · every day at 08:30 (UTC) | Night sweep, every day at 08:30 (UTC) | schedule runnable pausable removable'],
  ['one that ran well', { runs: [RUN] }, 'calendar - | in 30 min · every day at 08:30 (UTC) · last succeeded 1 h ago | Night sweep, every day at 08:30 (UTC), last run succeeded | schedule runnable pausable removable hasLastRun'],
  ['one that failed', { runs: [{ ...RUN, progress: 'failed' }] }, 'error testing.iconFailed | in 30 min · every day at 08:30 (UTC) · last failed 1 h ago | Night sweep, every day at 08:30 (UTC), last run failed | schedule runnable pausable removable hasLastRun'],
  ['one that runs', { runs: [{ ...RUN, progress: 'running', endedAt: undefined }] }, 'play-circle charts.blue | in 30 min · every day at 08:30 (UTC) · running | Night sweep, every day at 08:30 (UTC), last run running | schedule runnable pausable removable hasLastRun'],
  ['one whose run was skipped', { runs: [{ ...RUN, state: { type: 'skipped' }, progress: undefined, endedAt: undefined, tasks: [] }] }, 'calendar - | in 30 min · every day at 08:30 (UTC) · last skipped 2 h ago | Night sweep, every day at 08:30 (UTC), last run skipped, since the run before it had not ended | schedule runnable pausable removable'],
  ['one that was refused', { runs: [{ ...RUN, state: { type: 'refused', message: 'there is no file `a.py`' }, progress: undefined, endedAt: undefined, tasks: [] }] }, 'error testing.iconFailed | in 30 min · every day at 08:30 (UTC) · last refused 2 h ago | Night sweep, every day at 08:30 (UTC), last run not queued: there is no file `a.py` | schedule runnable pausable removable'],
  ['one that is paused', { state: { type: 'paused' } }, 'debug-pause - | paused · every day at 08:30 (UTC) | Night sweep, paused, every day at 08:30 (UTC) | schedule runnable resumable removable'],
  ['one that was paused after errors', { state: { type: 'paused', after: { errors: 5, message: 'the disk is away' } }, runs: [{ ...RUN, state: { type: 'failed', message: 'the disk is away' }, progress: undefined, endedAt: undefined, tasks: [] }] }, 'debug-pause list.warningForeground | paused after 5 errors in a row: the disk is away · every day at 08:30 (UTC) · last failed 2 h ago | Night sweep, paused after 5 errors in a row: the disk is away, every day at 08:30 (UTC), last run could not come due: the disk is away | schedule runnable resumable removable'],
  ['one that is over', { state: { type: 'over' }, runs: [RUN] }, 'check-all - | over · every day at 08:30 (UTC) · last succeeded 1 h ago | Night sweep, over, every day at 08:30 (UTC), last run succeeded | schedule runnable removable hasLastRun'],
  ['one of a file', { schedule: { ...SCHEDULE, source: { type: 'file', path: '/lab/s.json' } }, state: { type: 'untrusted' } }, 'shield list.warningForeground | needs your trust before it runs · every day at 08:30 (UTC) | Night sweep, needs your trust before it runs, every day at 08:30 (UTC) | schedule trustable'],
  ['one that nobody serves', { isServed: false }, 'calendar - | waits for a trusted window, or `parallel-workflow serve`, in its workspace · every day at 08:30 (UTC) | Night sweep, waits for a trusted window, or `parallel-workflow serve`, in its workspace, every day at 08:30 (UTC) | schedule runnable pausable removable'],
];

for (const [name, view, row] of rows) {
  void test(`${name} shows when, how and what became of it`, () => {
    const face = presentSchedule({ ...VIEW, ...view }, NOW, 'en');
    assert.equal(`${face.icon} ${face.iconColor ?? '-'} | ${face.description} | ${face.accessibility} | ${face.contextValue}`, row);
  });
}

void test('the runs of a schedule', () => {
  const show = (run: Partial<ScheduleRunView>): string => {
    const face = presentScheduleRun({ ...RUN, ...run }, 'UTC', NOW, 'en');
    return `${face.icon} | ${face.label} | ${face.description} | ${face.contextValue}`;
  };
  const nothing = { progress: undefined, endedAt: undefined, tasks: [] };
  assert.equal(show({}), 'pass | Thu, Jan 31, 06:00 | succeeded · ended 1 min 30 s later | scheduleRun hasTasks');
  assert.equal(show({ progress: 'cancelled', manual: true }), 'circle-slash | Thu, Jan 31, 06:00 | run by hand · cancelled · ended 1 min 30 s later | scheduleRun hasTasks');
  assert.equal(show({ progress: 'waiting', endedAt: undefined }), 'circle-large-outline | Thu, Jan 31, 06:00 | queued | scheduleRun hasTasks');
  assert.equal(show({ progress: 'gone', endedAt: undefined, tasks: [] }), 'circle-outline | Thu, Jan 31, 06:00 | taken out of the list | scheduleRun');
  assert.equal(show({ state: { type: 'waiting' }, ...nothing }), 'circle-large-outline | Thu, Jan 31, 06:00 | waits for the run before it to end | scheduleRun');
});

void test('a tooltip tells the next times, the policies and the last runs', () => {
  const view: ScheduleView = { ...VIEW, schedule: { ...SCHEDULE, name: 'a *night*', role: 'Night', source: { type: 'file', path: '/lab/s.json' }, missed: 'all', overlap: 'queue' }, runs: [RUN] };
  assert.equal(
    scheduleTooltip(view, NOW, 'en').replaceAll('\\', ''),
    ['**a *night***', 'every day at 08:30 (UTC)', 'Next: Thu, Jan 31, 08:30 · Fri, Feb 1, 08:30 · Sat, Feb 2, 08:30', 'What was missed is made up for, each time; what comes while the last run goes on waits for its turn.', 'Role: Night', 'From `/lab/s.json`', '- Thu, Jan 31, 06:00: succeeded'].join('\n\n'),
  );
  assert.ok(!scheduleTooltip({ ...view, state: { type: 'paused' } }, NOW, 'en').includes('Next'));
});

void test('what a schedule queues is told with all that decides what runs', () => {
  const lines = describeRequest({
    defaults: { env: { MODE: 'fast' } },
    tasks: [{ script: 'a.py', args: ['--all', 3] }, { command: ['make', 'all'], env: {}, cwd: 'out' }, { command: 'rm -rf out; make', shell: true, interpreter: 'bash' }, { prompt: 'Tidy\nup' }, 7],
  });
  assert.deepEqual(lines, ['a.py --all 3 (where MODE=fast)', 'make all (in out)', 'rm -rf out; make (in a shell, with bash, where MODE=fast)', 'Tidy up (where MODE=fast)', '7']);
  assert.deepEqual(describeRequest({ tasks: Array.from({ length: 22 }, () => ({ script: 'a.py' })) }).slice(-2), ['a.py', 'and 2 more']);
});
