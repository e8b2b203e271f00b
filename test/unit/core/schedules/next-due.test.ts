import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cron } from 'croner';
import { createTask } from 'node-cron';
import type { ScheduleRule } from '../../../../src/core/model/schedules/schedule.ts';
import { nextDue, nextDues } from '../../../../src/core/schedules/next-due.ts';
import { TimeZone } from '../../../../src/core/schedules/time-zone.ts';
import { chosenSeed, SeededRandom } from '../../../support/seeded-random.ts';
import { DUE_TABLE } from './due-table.ts';

const iso = (dues: readonly (number | Date)[]): readonly string[] => dues.map((due) => new Date(due).toISOString());

/** What the independent library says; it may not see the rule in question as ours. */
function byLibrary(pattern: string, zone: string, after: number, count: number): readonly string[] {
  const job = new Cron(pattern, { timezone: zone, paused: true, domAndDow: true });
  const dues: Date[] = [];
  // It looks at whole seconds only.
  for (let from = new Date(Math.floor(after / 1000) * 1000); dues.length < count; ) {
    const next = job.nextRun(from);
    if (next === null) break;
    dues.push(next);
    from = next;
  }
  return iso(dues);
}

void test('due times follow the table', () => {
  assert.ok(DUE_TABLE.length >= 60);
  for (const { name, rule, zone, after, due } of DUE_TABLE) {
    const found = nextDues(rule, new TimeZone(zone), Date.parse(after), Math.max(1, due.length));
    assert.deepEqual(iso(found), iso(due.map((each) => Date.parse(each))), `${rule.type}: ${name}`);
  }
});

void test('an independent library agrees with the table', () => {
  const shared = DUE_TABLE.flatMap((row) => (row.pattern === undefined ? [] : [{ ...row, pattern: row.pattern }]));
  assert.ok(shared.length >= 55);
  for (const { name, rule, zone, after, due, pattern } of shared) {
    assert.deepEqual(byLibrary(pattern, zone, Date.parse(after), due.length), iso(due.map((each) => Date.parse(each))), `${rule.type}: ${name}`);
  }
});

void test('in an hour that is read twice nothing of it comes again, and what follows right after it does', () => {
  const rule: ScheduleRule = { type: 'cron', expression: '0,30 2-3 * * *' };
  const found = nextDues(rule, new TimeZone('Europe/Berlin'), Date.parse('2030-10-27T01:10:00Z'), 2);
  assert.deepEqual(iso(found), ['2030-10-27T02:00:00.000Z', '2030-10-27T02:30:00.000Z']);
});

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Sydney', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago', 'Africa/Casablanca'];

/** A random expression; with one time a day or one in every hour, since of several the library runs some twice when clocks are put back. */
function expression(random: SeededRandom): string {
  const minute = random.whole(0, 59);
  const hour = random.chance(0.4) ? '*' : String(random.whole(0, 23));
  const day = random.pick(['*', '*', '*', 'L', String(random.whole(1, 28)), '29', '30', '31', '*/5']);
  const month = random.pick(['*', '*', '*', '3,4,10,11', '2', '*/2']);
  const weekday = random.pick(['*', '*', '*', '1-5', '0', '6,0', '5L', '1#1']);
  return `${minute} ${hour} ${day} ${month === '2' && Number(day) > 28 ? '*' : month} ${weekday}`;
}

void test('random expressions come due when an independent library says so, in every zone and around every change of clocks', () => {
  const seed = chosenSeed();
  const random = new SeededRandom(seed);
  for (let n = 0; n < 150; n++) {
    const [pattern, zone] = [expression(random), random.pick(ZONES)];
    const month = random.pick([2, 3, 8, 9, 10]);
    const after = Date.UTC(random.whole(2024, 2036), month, random.whole(1, 28), random.whole(0, 23), random.whole(0, 59));
    const found = nextDues({ type: 'cron', expression: pattern }, new TimeZone(zone), after, 12);
    assert.deepEqual(iso(found), byLibrary(pattern, zone, after, 12), `seed ${seed}: ${pattern} in ${zone} after ${new Date(after).toISOString()}`);
  }
});

void test('each due time of an expression is one that node-cron itself matches, and it matches none between', () => {
  const seed = chosenSeed();
  const random = new SeededRandom(seed);
  for (let n = 0; n < 20; n++) {
    const pattern = random.pick([expression(random), '0 0 15W * *', '0 6 LW * 1-5', '30 4 L-3 * *', '0 12 * * 2#3,5L']);
    const task = createTask(pattern, () => undefined, { timezone: 'UTC' });
    const after = Date.UTC(random.whole(2024, 2036), random.whole(0, 11), random.whole(1, 28));
    const due = nextDue({ type: 'cron', expression: pattern }, new TimeZone('UTC'), after);
    // Such as a first Monday that is the 31st.
    if (due === undefined) continue;
    assert.ok(task.match(new Date(due)), `seed ${seed}: ${pattern} at ${new Date(due).toISOString()}`);
    const last = Math.min(due, after + 3 * 86_400_000);
    for (let at = after + 60_000; at < last; at += 60_000) assert.ok(!task.match(new Date(at)), `seed ${seed}: ${pattern} at ${new Date(at).toISOString()}`);
    void task.destroy();
  }
});

void test('due times only go on, whatever the rule and the zone', () => {
  const seed = chosenSeed();
  const random = new SeededRandom(seed);
  for (let n = 0; n < 60; n++) {
    const rule: ScheduleRule = { type: 'cron', expression: random.pick(['*/7 * * * *', '0,30 1,2,3 * * *', '*/10 2 * * *', '15,45 */3 * * *', '* 0-3 * * *']) };
    const zone = new TimeZone(random.pick(ZONES));
    const after = Date.UTC(random.whole(2024, 2036), random.pick([2, 3, 8, 9, 10]), random.whole(1, 30), random.whole(0, 23));
    const dues = nextDues(rule, zone, after, 30);
    const walls = dues.map((due) => zone.wallAt(due));
    const where = `seed ${seed}: ${JSON.stringify(rule)} in ${zone.name} after ${new Date(after).toISOString()}`;
    assert.ok(dues.every((due, index) => due > (dues[index - 1] ?? after)), where);
    // Who does not run every hour never runs twice for what clocks read.
    if (!JSON.stringify(rule).includes('*/7')) assert.equal(new Set(walls).size, walls.length, where);
    // From any moment between two, the next is the same.
    for (const [index, due] of dues.entries()) assert.equal(nextDue(rule, zone, random.whole(dues[index - 1] ?? after, due)), due, where);
  }
});

void test('what no day fits never comes due', () => {
  assert.equal(nextDue({ type: 'cron', expression: '0 0 31W 4,6 *' }, new TimeZone('UTC'), 0), undefined);
});
