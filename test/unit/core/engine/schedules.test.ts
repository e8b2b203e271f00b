import assert from 'node:assert/strict';
import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { UserError } from '../../../../src/core/base/user-error.ts';
import { scheduleId } from '../../../../src/core/model/ids.ts';
import type { ScheduleView } from '../../../../src/core/model/schedules/schedule-view.ts';
import { ScheduleLab, TOOL } from './schedule-lab.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

void test('a due time queues what the schedule says, once, and the next is set', async (t) => {
  const lab = await ScheduleLab.open(t);
  const id = await lab.add({ daily: '02:00', role: 'task_management', defaults: { type: 'analysis' }, tasks: [{ ...TOOL, name: 'first' }, { ...TOOL, role: 'resource_management' }] });
  assert.deepEqual([await lab.met(), await lab.next()], [[], '02:00']);
  await lab.world.advance(2 * HOUR - 100);
  assert.deepEqual(await lab.met(), []);
  await lab.world.advance(200);
  assert.deepEqual([await lab.met(), await lab.next()], [['02:00 queued'], '01 02:00']);
  const tasks = (await lab.world.engine.tasks.query({ group: 'running', roots: [], offset: 0, limit: 10 })).items.map(({ task }) => task);
  assert.deepEqual(tasks.map(({ spec: { name, type, role, schedule } }) => ({ name, type, role, schedule })), [
    { name: 'first', type: 'analysis', role: 'task_management', schedule: { id, name: 'sweep' } },
    { name: 'tool', type: 'analysis', role: 'resource_management', schedule: { id, name: 'sweep' } },
  ]);
  assert.equal((await lab.view()).runs[0]!.progress, 'running');
  await lab.end(0);
  await lab.end(1, 3);
  const [run] = (await lab.view()).runs;
  assert.deepEqual([run!.progress, run!.tasks, run!.endedAt !== undefined], ['failed', [1, 2], true]);
});

interface Missed {
  readonly name: string;
  readonly written: object;
  readonly awayMs: number;
  readonly met: readonly string[];
  readonly next: string;
}

const MISSED: readonly Missed[] = [
  { name: 'once is the default: the latest stands for all', written: { daily: '02:00' }, awayMs: 51 * HOUR, met: ['02 02:00 queued'], next: '03 02:00' },
  { name: 'skip passes over them', written: { daily: '02:00', missed: 'skip' }, awayMs: 50 * HOUR + 2 * MINUTE, met: [], next: '03 02:00' },
  { name: 'skip meets what is less than a minute ago', written: { daily: '02:00', missed: 'skip' }, awayMs: 50 * HOUR + 50_000, met: ['02 02:00 queued'], next: '03 02:00' },
  { name: 'skip passes over the older ones', written: { every: '20s', missed: 'skip' }, awayMs: 10 * MINUTE + 5000, met: ['00:10 queued'], next: '00:10:20' },
  { name: 'all makes up for each, one after the other', written: { daily: '02:00', missed: 'all' }, awayMs: 52 * HOUR, met: ['02:00 queued', '01 02:00 waiting', '02 02:00 waiting'], next: '03 02:00' },
  { name: 'all is bounded', written: { every: '1m', missed: 'all' }, awayMs: 1000 * MINUTE + 20_000, met: ['16:31 waiting', '16:32 waiting', '16:33 waiting', '16:34 waiting', '16:35 waiting', '16:36 waiting', '16:37 waiting', '16:38 waiting', '16:39 waiting', '16:40 waiting'], next: '16:41' },
  { name: 'all replaces as it is told', written: { daily: '02:00', missed: 'all', overlap: 'replace' }, awayMs: 52 * HOUR, met: ['02:00 queued', '01 02:00 queued', '02 02:00 queued'], next: '03 02:00' },
  { name: 'a single time is made up for', written: { once: '2030-01-31T05:00' }, awayMs: 51 * HOUR, met: ['05:00 queued'], next: 'over' },
  { name: 'a single time that is not to be made up for is over', written: { once: '2030-01-31T05:00', missed: 'skip' }, awayMs: 51 * HOUR, met: [], next: 'over' },
  { name: 'nothing was missed', written: { daily: '02:00' }, awayMs: HOUR, met: [], next: '02:00' },
  { name: 'years of seconds are not counted one by one', written: { cron: '* * * * * *' }, awayMs: 8760 * HOUR + 400, met: ['00:00 queued'], next: '00:00:01' },
  { name: 'a month away', written: { monthly: { day: 31, time: '12:00' } }, awayMs: 60 * 24 * HOUR, met: ['12:00 queued'], next: '30 12:00' },
];

for (const { name, written, awayMs, met, next } of MISSED) {
  void test(`missed: ${name}`, async (t) => {
    const before = await ScheduleLab.open(t);
    await before.add(written);
    const lab = await before.away(awayMs);
    assert.deepEqual([await lab.met(), await lab.next()], [met, next]);
  });
}

void test('runs that were missed take their turns, and the bound counts from the latest', async (t) => {
  const before = await ScheduleLab.open(t);
  await before.add({ every: '1m', missed: 'all' });
  const lab = await before.away(1000 * MINUTE);
  const { store } = lab.world;
  const states = store.scheduleRuns.latest(scheduleId(1), 200).map(({ state }) => state.type);
  assert.deepEqual([states.filter((state) => state === 'waiting').length, states.filter((state) => state === 'queued').length], [99, 1]);
  for (const index of [0, 1, 2]) await lab.end(index);
  assert.equal(store.scheduleRuns.waiting(scheduleId(1)), 96);
  assert.equal(lab.world.processes.length, 4);
});

interface Overlapping {
  readonly overlap: 'skip' | 'queue' | 'replace';
  /** After the second and third due time came while the first run was at work. */
  readonly met: readonly string[];
  readonly outcomes: readonly (string | undefined)[];
  /** When the first run has ended. */
  readonly after: readonly string[];
}

const OVERLAPPING: readonly Overlapping[] = [
  { overlap: 'skip', met: ['00:00:10 queued', '00:00:20 skipped', '00:00:30 skipped'], outcomes: [undefined], after: ['00:00:10 queued', '00:00:20 skipped', '00:00:30 skipped'] },
  { overlap: 'queue', met: ['00:00:10 queued', '00:00:20 waiting', '00:00:30 waiting'], outcomes: [undefined], after: ['00:00:10 queued', '00:00:20 queued', '00:00:30 waiting'] },
  { overlap: 'replace', met: ['00:00:10 queued', '00:00:20 skipped', '00:00:30 waiting'], outcomes: ['stopping'], after: ['00:00:10 queued', '00:00:20 skipped', '00:00:30 queued'] },
];

for (const { overlap, met, outcomes, after } of OVERLAPPING) {
  void test(`overlap: ${overlap}, while the last run is at work`, async (t) => {
    const lab = await ScheduleLab.open(t);
    await lab.add({ every: '10s', overlap });
    await lab.world.advance(30_100);
    assert.deepEqual(await lab.met(), met);
    const { status } = await lab.world.state(1);
    assert.deepEqual(status === 'running' ? [undefined] : [status], outcomes);
    assert.equal(lab.world.processes.length, 1);
    await lab.end(0, overlap === 'replace' ? 143 : 0);
    assert.deepEqual(await lab.met(), after);
    assert.equal(lab.world.processes.length, overlap === 'skip' ? 1 : 2);
    await lab.world.advance(10_000);
    assert.equal((await lab.met()).at(-1), overlap === 'skip' ? '00:00:40 queued' : '00:00:40 waiting');
  });
}

void test('overlap: a run that only waits is replaced at once', async (t) => {
  const lab = await ScheduleLab.open(t);
  await lab.add({ every: '10s', overlap: 'replace' });
  await lab.world.engine.settings.setPaused([lab.world.lab], true);
  await lab.world.advance(20_100);
  assert.deepEqual([await lab.met(), (await lab.world.outcome(1))?.type, (await lab.world.state(2)).status], [['00:00:10 queued', '00:00:20 queued'], 'cancelled', 'queued']);
});

void test('the clock is set back: what ran does not run again, what did not is not put off', async (t) => {
  const lab = await ScheduleLab.open(t);
  await lab.add({ name: 'often', every: '10m', overlap: 'queue' });
  await lab.world.advance(30 * MINUTE + 100);
  for (const index of [0, 1, 2]) await lab.end(index);
  assert.deepEqual([await lab.met(), await lab.next()], [['00:10 queued', '00:20 queued', '00:30 queued'], '00:40']);

  lab.world.clock.setBack(25 * MINUTE);
  await lab.add({ name: 'other', daily: '00:07' });
  await lab.world.advance(4 * MINUTE);
  assert.equal((await lab.met(scheduleId(2))).length, 1);
  await lab.world.advance(21 * MINUTE);
  assert.deepEqual([await lab.met(), await lab.next()], [['00:10 queued', '00:20 queued', '00:30 queued'], '00:40']);
  await lab.world.advance(10 * MINUTE);
  assert.deepEqual((await lab.met()).at(-1), '00:40 queued');
});

void test('a clock that was far ahead for a while stops nothing when it is put right', async (t) => {
  const lab = await ScheduleLab.open(t);
  await lab.add({ daily: '02:00' });
  const year = 365 * 24 * HOUR;
  const wrong = await lab.away(year);
  await wrong.world.exit(0, 0);
  assert.deepEqual(await wrong.met(), ['30 02:00 queued']);
  wrong.world.clock.setBack(year);
  await wrong.add({ name: 'other', daily: '12:00' });
  await wrong.world.advance(100);
  assert.equal(await wrong.next(), '02:00');
  await wrong.world.advance(2 * HOUR);
  assert.deepEqual(await wrong.met(), ['30 02:00 queued', '02:00 queued']);
});

void test('paused, nothing comes due, and what passed meanwhile is not made up for', async (t) => {
  const lab = await ScheduleLab.open(t);
  const id = await lab.add({ every: '1h' });
  await lab.world.engine.schedules.pauseSchedule(id, true);
  assert.equal(await lab.next(), 'paused');
  await lab.world.advance(5 * HOUR);
  await lab.world.engine.schedules.pauseSchedule(id, false);
  await lab.world.settle();
  assert.deepEqual([await lab.met(), await lab.next()], [[], '06:00']);
});

void test('a schedule is moved to another time of day, unless it was changed meanwhile', async (t) => {
  const lab = await ScheduleLab.open(t);
  const { schedules } = lab.world.engine;
  const id = await lab.add({ weekly: { days: ['thursday', 'friday'], time: '14:00' }, overlap: 'queue' });
  assert.equal(await schedules.moveSchedule(id, 14 * 60, 150), true);
  const { schedule } = await lab.view();
  assert.deepEqual([await lab.next(), schedule.rule, schedule.overlap], ['02:30', { type: 'weekly', days: [4, 5], time: 150 }, 'queue']);
  assert.deepEqual([await schedules.moveSchedule(id, 14 * 60, 0), await schedules.moveSchedule(scheduleId(99), 0, 60), await lab.next()], [false, false, '02:30']);
  const hourly = await lab.add({ name: 'hourly', every: '1h' });
  assert.equal(await schedules.moveSchedule(hourly, 0, 60), false);
});

void test('a schedule that is removed while a change of it is checked is not changed, and that is said', async (t) => {
  const lab = await ScheduleLab.open(t);
  const { schedules } = lab.world.engine;
  const id = await lab.add({ daily: '02:00' });
  const changed = schedules.changeSchedule(id, { name: 'sweep', daily: '03:00', tasks: [TOOL] });
  await schedules.removeSchedule(id);
  await assert.rejects(changed, (error) => error instanceof UserError && error.message.includes(`There is no schedule ${id}`));
  assert.deepEqual(await schedules.schedules([]), []);
});

void test('run now queues at once, and leaves the due times as they are', async (t) => {
  const lab = await ScheduleLab.open(t);
  const { schedules } = lab.world.engine;
  const id = await lab.add({ daily: '02:00' });
  await schedules.runScheduleNow(id);
  await lab.world.settle();
  assert.deepEqual([await lab.met(), await lab.next()], [['by hand queued'], '02:00']);
  await assert.rejects(schedules.runScheduleNow(id), (error) => error instanceof UserError && error.message.startsWith('“sweep” has not ended since it last ran'));
  const queued = await lab.add({ name: 'queued', daily: '03:00', overlap: 'queue' });
  await schedules.runScheduleNow(queued);
  await schedules.runScheduleNow(queued);
  assert.deepEqual(await lab.met(queued), ['by hand queued', 'by hand waiting']);
  await assert.rejects(schedules.runScheduleNow(scheduleId(99)), UserError);
});

void test('what is wrong with its tasks is told when it is made, and when it comes due', async (t) => {
  const lab = await ScheduleLab.open(t);
  const { schedules } = lab.world.engine;
  const script = path.join(lab.world.lab, 'sweep.py');
  const written = { name: 'sweep', timeZone: 'UTC', every: '1h', tasks: [{ script: 'sweep.py' }] };
  assert.deepEqual(await schedules.addSchedule(lab.world.lab, written, 'person'), { ok: false, error: [{ where: 'tasks[0].script', message: `there is no file \`${script}\`` }] });
  assert.deepEqual(await schedules.addSchedule(lab.world.lab, { ...written, every: undefined, once: '2030-01-30T00:00' }, 'person'), { ok: false, error: [{ where: 'tasks[0].script', message: `there is no file \`${script}\`` }] });
  writeFileSync(script, '');
  assert.deepEqual(await schedules.addSchedule(lab.world.lab, { ...written, every: undefined, once: '2030-01-30T00:00' }, 'person'), { ok: false, error: [{ where: 'once', message: 'is past; a schedule needs a time that is to come' }] });
  const id = await lab.add(written);
  await assert.rejects(schedules.changeSchedule(scheduleId(99), written), UserError);
  mkdirSync(path.join(lab.world.lab, 'jobs'));
  assert.deepEqual(await schedules.changeSchedule(id, { ...written, base: 'jobs' }), { ok: false, error: [{ where: 'tasks[0].script', message: `there is no file \`${path.join(lab.world.lab, 'jobs', 'sweep.py')}\`` }] });
  assert.deepEqual(await schedules.changeSchedule(id, { ...written, name: 'moved', every: '2h' }), { ok: true, value: id });
  assert.equal(await lab.next(), '02:00');
  unlinkSync(script);
  await lab.world.advance(2 * HOUR + 100);
  const { runs, state } = await lab.view();
  assert.deepEqual([runs[0]!.state, state.type], [{ type: 'refused', message: `\`tasks[0].script\`: there is no file \`${script}\`` }, 'due']);
  await assert.rejects(schedules.runScheduleNow(id), /“moved” was not queued: .*there is no file/);
  await schedules.removeSchedule(id);
  assert.deepEqual(await schedules.schedules([]), []);
});

void test('schedules of a file wait for a yes, which lasts until they queue something else', async (t) => {
  const lab = await ScheduleLab.open(t);
  const { schedules } = lab.world.engine;
  const file = path.join(lab.world.lab, 'schedules.json');
  const sync = (...written: readonly object[]): Promise<unknown> => schedules.syncFileSchedules(lab.world.lab, file, written.map((each) => ({ name: 'sweep', timeZone: 'UTC', tasks: [TOOL], ...each })));
  assert.deepEqual(await sync({ every: '1h' }), []);
  const id = (await schedules.schedules([]))[0]!.schedule.id;
  assert.equal(await lab.next(), 'untrusted');
  await lab.world.advance(2 * HOUR);
  assert.deepEqual(await lab.met(), []);
  await assert.rejects(schedules.runScheduleNow(id), /nobody has said yes/);
  await assert.rejects(schedules.removeSchedule(id), /is written in .*schedules\.json; take it out of there/);
  await assert.rejects(schedules.changeSchedule(id, {}), /change it there/);
  await assert.rejects(schedules.moveSchedule(id, 0, 60), /change it there/);

  await schedules.trustSchedule(id);
  assert.equal(await lab.next(), '03:00');
  // Another time, a pause by a person, and the same again: the yes stays, and so does the pause.
  await sync({ every: '2h' });
  assert.equal(await lab.next(), '04:00');
  await schedules.pauseSchedule(id, true);
  const { store } = lab.world;
  const revision = store.revision();
  await sync({ every: '2h' });
  assert.deepEqual([await lab.next(), store.revision()], ['paused', revision]);
  await sync({ every: '2h', paused: true });
  await sync({ every: '2h' });
  assert.equal(await lab.next(), '04:00');
  await sync({ every: '2h', tasks: [{ command: ['other-tool'] }] });
  assert.equal(await lab.next(), 'untrusted');
  await sync();
  assert.deepEqual(await schedules.schedules([]), []);
});

void test('a schedule of a file that is wrong leaves the others in force, and stays as it was itself', async (t) => {
  const lab = await ScheduleLab.open(t);
  const { schedules } = lab.world.engine;
  const { store } = lab.world;
  const sync = async (...written: readonly unknown[]): Promise<readonly string[]> => {
    const problems = await schedules.syncFileSchedules(lab.world.lab, path.join(lab.world.lab, 'schedules.json'), written.map((each) => (typeof each === 'object' ? { timeZone: 'UTC', tasks: [TOOL], ...each } : each)));
    return problems.map(({ where, message }) => `${where}: ${message}`);
  };
  const all = async (): Promise<readonly string[]> => (await schedules.schedules([])).map(({ schedule: { id, name, rule }, state }) => `${id} ${name} ${rule.type} ${state.type}`).sort();
  const [first, second] = [{ name: 'one', every: '1h' }, { name: 'two', daily: '05:00' }];

  // At first sight what is wrong is left out.
  assert.deepEqual(await sync(first, { ...second, daily: '25:00' }, 7, { every: '1h' }), [
    'schedules[1].daily: expected a time such as `08:30`, got `"25:00"`; the schedule is left out',
    'schedules[2]: expected an object, got `7`; the schedule is left out',
    'schedules[3].name: expected a text, got nothing; the schedule is left out',
  ]);
  assert.deepEqual(await all(), ['1 one interval untrusted']);
  await sync(first, second);
  for (const { schedule } of await schedules.schedules([])) await schedules.trustSchedule(schedule.id);
  await lab.world.advance(HOUR);
  await lab.end(0);
  const [inForce, met] = [await all(), await lab.met(1 as ScheduleView['schedule']['id'])];
  assert.deepEqual([inForce, met], [['1 one interval due', '2 two daily due'], ['01:00 queued']]);

  const revision = store.revision();
  for (const wrong of [
    [{ ...first, every: 'often' }, second],
    [first, { ...second, tasks: [] }],
    [first, { ...second, tasks: [{ script: 'gone.py' }] }],
    [first, { ...second, name: '' }],
    [first, { daily: '05:00' }, 7],
    ['one', 'two'],
    [{ ...first, timeZone: 'Mars/Olympus' }, { ...second, dayly: '06:00' }],
    [first, second, { ...second, daily: '06:00' }],
    [{ ...second, daily: '06:00' }, second, first],
    [{ ...second, daily: '25:00' }, second, first],
  ]) {
    assert.notDeepEqual(await sync(...wrong), []);
    assert.deepEqual([await all(), store.revision()], [inForce, revision], JSON.stringify(wrong));
  }
  // What is right beside it is carried out; a pause is understood even so.
  await sync({ ...first, every: 'often', paused: true }, { ...second, cron: '0 8 * * *', daily: undefined });
  assert.deepEqual(await all(), ['1 one interval paused', '2 two cron due']);
  assert.deepEqual(await sync({ ...first, every: '2h' }, second), []);
  assert.deepEqual(await all(), inForce);
  assert.deepEqual(await sync({ ...first, every: 'often' }), ['schedules[0].every: expected a duration such as `90s` or `5m`, or a number of seconds, got `"often"`; the schedule stays as it was before']);
  assert.deepEqual(await all(), ['1 one interval due']);
});

void test('a file that is away for a while brings its schedules back as they were', async (t) => {
  const lab = await ScheduleLab.open(t);
  const { schedules } = lab.world.engine;
  const sync = (...written: readonly object[]): Promise<unknown> => schedules.syncFileSchedules(lab.world.lab, path.join(lab.world.lab, 'schedules.json'), written.map((each) => ({ name: 'sweep', timeZone: 'UTC', tasks: [TOOL], ...each })));
  await sync({ every: '1h' });
  const [{ schedule: { id } }] = (await schedules.schedules([])) as [ScheduleView];
  await schedules.trustSchedule(id);
  await lab.world.advance(HOUR);
  assert.deepEqual(await lab.met(), ['01:00 queued']);
  await lab.end(0);

  await sync();
  assert.deepEqual(await schedules.schedules([]), []);
  await assert.rejects(schedules.runScheduleNow(id), /no such schedule/);
  await lab.world.advance(3 * HOUR);
  await sync({ every: '1h' });
  assert.deepEqual([await lab.met(id), await lab.next(id), lab.world.processes.length], [['01:00 queued'], '05:00', 1]);

  // What is to queue something else needs another yes, wherever it has been; after months nothing is known of it.
  await sync();
  await sync({ every: '1h', tasks: [{ command: ['other-tool'] }] });
  assert.equal(await lab.next(id), 'untrusted');
  await sync();
  const later = await lab.away(91 * 24 * HOUR);
  await later.world.engine.schedules.syncFileSchedules(lab.world.lab, '/lab/other.json', [{ name: 'other', timeZone: 'UTC', every: '1h', tasks: [TOOL] }]);
  assert.equal(later.world.store.schedules.ofFile(lab.world.lab, path.join(lab.world.lab, 'schedules.json')).length, 0);
});

void test('only an engine of its workspace that runs tasks fires a schedule', async (t) => {
  const lab = await ScheduleLab.open(t, { roots: ['/elsewhere'] });
  await lab.add({ every: '1h' });
  await lab.world.advance(3 * HOUR);
  assert.deepEqual([await lab.met(), (await lab.view()).isServed], [[], false]);
});
