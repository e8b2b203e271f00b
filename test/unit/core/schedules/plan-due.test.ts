import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latestDues } from '../../../../src/core/schedules/dues-between.ts';
import { MOST_MISSED, planDue } from '../../../../src/core/schedules/plan-due.ts';
import { TimeZone } from '../../../../src/core/schedules/time-zone.ts';

const UTC = new TimeZone('UTC');
const at = (text: string): number => Date.parse(text);

void test('of many due times the latest are found, however far back the first is', () => {
  const minutely = { type: 'cron', expression: '* * * * *' } as const;
  const now = at('2030-01-31T00:00:30Z');
  assert.deepEqual(latestDues(minutely, UTC, at('2000-01-01T00:00:00Z'), now, 3).map((due) => new Date(due).toISOString()), ['2030-01-30T23:58:00.000Z', '2030-01-30T23:59:00.000Z', '2030-01-31T00:00:00.000Z']);
  const yearly = { type: 'cron', expression: '0 0 1 1 *' } as const;
  assert.deepEqual(latestDues(yearly, UTC, at('2027-01-01T00:00:00Z'), now, 100).map((due) => new Date(due).getUTCFullYear()), [2027, 2028, 2029, 2030]);
  assert.deepEqual(latestDues(yearly, UTC, at('2030-01-01T00:00:00Z'), now, 100).length, 1);
});

/** Counts how often clocks are read. */
class WatchedZone extends TimeZone {
  reads = 0;

  override wallAt(at: number): number {
    this.reads++;
    return super.wallAt(at);
  }
}

void test('due times that come thick after a long while without any are not all looked at', () => {
  const zone = new WatchedZone('UTC');
  const inJanuary = { type: 'cron', expression: '* * * 1 *' } as const;
  assert.deepEqual(latestDues(inJanuary, zone, at('2030-01-01T00:00:00Z'), at('2030-12-01T00:00:00Z'), 1), [at('2030-01-31T23:59:00Z')]);
  const seconds = { type: 'cron', expression: '* * 9-16 * * 1-5' } as const;
  const friday = latestDues(seconds, zone, at('2030-02-01T09:00:00Z'), at('2030-02-04T08:00:00Z'), 100);
  assert.deepEqual([friday.length, friday[0], friday.at(-1)], [100, at('2030-02-01T16:58:20Z'), at('2030-02-01T16:59:59Z')]);
  assert.ok(zone.reads < 10_000, `${zone.reads} reads`);
});

void test('who skips what was missed looks back no more than a minute', () => {
  const zone = new WatchedZone('UTC');
  const planned = planDue({ type: 'cron', expression: '* * 9-16 * * 1-5' }, zone, 'skip', at('2030-02-01T09:00:00Z'), at('2030-02-04T08:00:00Z'));
  assert.deepEqual(planned, []);
  assert.ok(zone.reads < 100, `${zone.reads} reads`);
});

void test('nothing is due before its time, and what is due by each policy', () => {
  const hourly = { type: 'interval', everyMs: 3_600_000, anchor: at('2030-01-31T00:00:00Z') } as const;
  const first = at('2030-01-31T01:00:00Z');
  const plan = (missed: 'skip' | 'once' | 'all', now: string): readonly string[] => planDue(hourly, UTC, missed, first, at(now)).map((due) => new Date(due).toISOString().slice(11, 16));
  for (const missed of ['skip', 'once', 'all'] as const) {
    assert.deepEqual(plan(missed, '2030-01-31T00:59:59.999Z'), []);
    assert.deepEqual(plan(missed, '2030-01-31T01:00:00Z'), ['01:00']);
    assert.deepEqual(plan(missed, '2030-01-31T01:01:00Z'), ['01:00']);
  }
  assert.deepEqual(plan('skip', '2030-01-31T03:01:00.001Z'), []);
  assert.deepEqual(plan('once', '2030-01-31T03:01:00.001Z'), ['03:00']);
  assert.deepEqual(plan('all', '2030-01-31T03:01:00.001Z'), ['01:00', '02:00', '03:00']);
  assert.equal(plan('all', '2031-01-31T00:00:00Z').length, MOST_MISSED);
});
