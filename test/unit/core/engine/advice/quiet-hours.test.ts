import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quietHours, type HoursHistory } from '../../../../../src/core/engine/advice/quiet-hours.ts';
import { scheduleId } from '../../../../../src/core/model/ids.ts';
import type { MachinePoint } from '../../../../../src/core/model/machine/machine-point.ts';
import type { Schedule } from '../../../../../src/core/model/schedules/schedule.ts';

const MINUTE = 60_000;
const DAYS = 8;
const at = (day: number, hour: number, minute = 0): number => new Date(2030, 0, day, hour, minute).getTime();

/** Days on which the machine is as busy as `busy` says of each hour. */
function weeks(busy: (hour: number) => number, days = DAYS): readonly MachinePoint[] {
  return Array.from({ length: days * 24 }, (_, n) => ({
    at: at(1 + Math.floor(n / 24), n % 24), lasts: 5 * MINUTE, cpu: busy(n % 24), cpuPeak: 1, memory: 0.3, memoryPeak: 0.3, disk: undefined, diskRead: 0, diskWrite: 0, networkIn: 0, networkOut: 0, load: 0, pressure: undefined, strategy: 'normal' as const,
  }));
}

const office = (hour: number): number => (hour >= 9 && hour < 18 ? 0.8 : 0.1);

function history(more: Partial<HoursHistory> = {}, schedule: Partial<Schedule> = {}): HoursHistory {
  const nightly: Schedule = { id: scheduleId(1), workspace: '/lab', name: 'Render', rule: { type: 'daily', time: 14 * 60 }, timeZone: 'local', missed: 'once', overlap: 'skip', paused: false, source: { type: 'person' }, request: { tasks: [{ script: 'render.py' }], confine: true }, ...schedule };
  const scriptRuns = Array.from({ length: DAYS }, (_, n) => ({ id: n, run: n, workspace: '/lab', script: 'k', path: '/lab/render.py', args: '', type: 'utility', startedAt: at(1 + n, 14, 1), wallMs: 5 * MINUTE, cpuMs: 8 * MINUTE, peakMemory: undefined, memoryLimit: undefined, asExpected: true }));
  return { schedules: [nightly], scriptRuns: scriptRuns, weeks: weeks(office), cores: 4, ...more };
}

test('a heavy script in a busy hour is advised to move to the quietest, with the figures', () => {
  const [advice] = quietHours(history());
  assert.equal(advice?.title, 'Move the schedule “Render” to 00:00');
  assert.match(advice.evidence, /At 14:00 others keep the machine 77 % busy \(8 days\), at 00:00 10 %/);
  assert.equal(advice.kind, 'quiet-hours');
  assert.deepEqual(advice.change, { type: 'schedule', schedule: scheduleId(1), name: 'Render', workspace: '/lab', value: 0, now: 14 * 60 });
});

test('of a schedule that is written in a file, that file is to be changed', () => {
  const [advice] = quietHours(history({}, { source: { type: 'file', path: '/lab/scheduler_config.json' }, rule: { type: 'weekly', days: [1], time: 14 * 60 + 30 } }));
  assert.deepEqual(advice?.change, { type: 'schedule', schedule: scheduleId(1), name: 'Render', workspace: '/lab', file: '/lab/scheduler_config.json', value: 0, now: 14 * 60 + 30 });
});

for (const [what, given] of [
  ['a quiet hour', history({ weeks: weeks(() => 0.2) })],
  ['a machine that is never quieter', history({ weeks: weeks(() => 0.9) })],
  ['too few days', history({ weeks: weeks(office, 3) })],
  ['too few runs', history({ scriptRuns: history().scriptRuns.slice(0, 4) })],
  ['a light script', history({ scriptRuns: history().scriptRuns.map((run) => ({ ...run, cpuMs: 1000 })) })],
  ['an hour that only the script itself fills', history({ weeks: weeks((hour) => (hour === 14 ? 0.55 : 0.1)), scriptRuns: history().scriptRuns.map((run) => ({ ...run, cpuMs: 110 * MINUTE })) })],
  ['a schedule that is paused', history({}, { paused: true })],
  ['a schedule by the clocks of elsewhere', history({}, { timeZone: 'Asia/Tokyo' })],
  ['an interval', history({}, { rule: { type: 'interval', everyMs: 60_000, anchor: 0 } })],
  ['another script', history({}, { request: { tasks: [{ script: 'other.py' }], confine: true } })],
  ['no history', history({ weeks: [] })],
] as const) test(`${what} is no reason to move`, () => assert.deepEqual(quietHours(given), []));
