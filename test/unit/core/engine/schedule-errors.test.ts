import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { ScheduleFiring } from '../../../../src/core/engine/schedules/schedule-firing.ts';
import { ScheduleKeeper } from '../../../../src/core/engine/schedules/schedule-keeper.ts';
import { scheduleViews } from '../../../../src/core/engine/schedules/schedule-views.ts';
import type { ScheduleRule } from '../../../../src/core/model/schedules/schedule.ts';
import type { ScheduleView } from '../../../../src/core/model/schedules/schedule-view.ts';
import type { SpecContext } from '../../../../src/core/spec/spec-context.ts';
import { lab as context } from '../spec/lab-context.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { ManualClock, settled } from '../../views/manual-clock.ts';

const START = Date.parse('2030-01-31T00:00:00Z');
const HOUR = 3_600_000;
const HOURLY: ScheduleRule = { type: 'interval', everyMs: HOUR, anchor: START };

/** A schedule of a disk that may be away. */
function lab(t: TestContext, rule: ScheduleRule = HOURLY) {
  const clock = new ManualClock(START);
  const { store, ledger, log } = new MemoryStore(t);
  let trouble: Error | undefined;
  const contextOf = (): Promise<SpecContext> => (trouble === undefined ? Promise.resolve(context) : Promise.reject(trouble));
  const keeper = new ScheduleKeeper({ store, clock, log, firing: new ScheduleFiring({ store, ledger, clock, log, contextOf }), roots: ['/lab'], onCommitted: () => undefined });
  t.after(() => keeper.dispose());
  const id = store.write(() => store.schedules.insert({
    workspace: '/lab', name: 'Nightly', rule, timeZone: 'UTC', missed: 'once', overlap: 'queue', paused: false, source: { type: 'person' },
    request: { tasks: [{ command: ['tool'] }], confine: false }, nextAt: rule.type === 'once' ? rule.at : START + HOUR, trusted: true, filePaused: false,
  }));
  return {
    store, log, id,
    fail: (error: Error | undefined) => (trouble = error),
    hours: async (count: number): Promise<void> => {
      for (let n = 0; n < count; n++) {
        keeper.wake();
        await clock.advance(HOUR);
        // Loading what checks tasks takes a while the first time.
        for (let turn = 0; turn < 20; turn++) {
          await settled();
          await clock.advance(15);
        }
      }
    },
    view: (): ScheduleView => scheduleViews(store, ['/lab'])[0]!,
  };
}

const met = ({ runs }: ScheduleView): readonly string[] => runs.map(({ state }) => state.type).reverse();

void test('an error at one due time is told, and the next due times go on', async (t) => {
  const { hours, fail, view, log } = lab(t);
  await hours(1);
  fail(new Error('the disk is away'));
  await hours(2);
  assert.deepEqual([met(view()), view().state.type], [['queued', 'failed', 'failed'], 'due']);
  assert.deepEqual(view().runs[0]?.state, { type: 'failed', message: 'the disk is away' });
  fail(undefined);
  await hours(1);
  assert.equal(view().state.type, 'due');
  assert.deepEqual(met(view()).slice(0, 3), ['queued', 'failed', 'failed']);
  assert.match(log.lines.join('\n'), /error Schedule 1 “Nightly” could not come due: the disk is away; tried again when it is due next, 2030-0\d-\d\d \d\d:00/);
});

void test('after five errors in a row it is paused with the reason, and a person’s resume gives it five more', async (t) => {
  const { hours, fail, view, store, id, log } = lab(t);
  fail(new Error('the disk is away'));
  await hours(4);
  assert.equal(view().state.type, 'due');
  await hours(3);
  assert.deepEqual([met(view()).length, view().state], [5, { type: 'paused', after: { errors: 5, message: 'the disk is away' } }]);
  assert.match(log.lines.join('\n'), /it is paused, until somebody resumes it, such as by `parallel-workflow schedules resume 1`/);
  const resume = (nextAt: number): void => store.write(() => store.schedules.update(id, { ...store.schedules.get(id)!, paused: false, nextAt }));
  resume(START + 8 * HOUR);
  await hours(2);
  assert.equal(view().state.type, 'due');
});

void test('a due time that was met already is not met again, though the schedule is set back to it', async (t) => {
  const { hours, store, id, view } = lab(t);
  await hours(1);
  store.write(() => store.schedules.setNext(id, START + HOUR));
  await hours(1);
  assert.deepEqual([view().runs.map(({ dueAt, state }) => `${(dueAt - START) / HOUR} ${state.type}`).reverse()], [['1 queued', '2 waiting']]);
});

void test('of runs that wait there are a hundred at most; the rest are skipped', async (t) => {
  const { hours, store, id, view } = lab(t);
  await hours(1);
  store.write(() => {
    for (let n = 1; n <= 99; n++) store.scheduleRuns.insert(id, { dueAt: START - n, manual: false, state: { type: 'waiting' } });
  });
  await hours(2);
  assert.deepEqual(view().runs.slice(0, 2).map(({ state }) => state.type), ['skipped', 'waiting']);
});

void test('a schedule that is changed while what it queues is read is looked at again, and fires as it is then', async (t) => {
  const { clock, store, ledger, log, id, context: read } = changing(t);
  const firing = new ScheduleFiring({ store, ledger, clock, log, contextOf: read });
  await clock.advance(HOUR);
  await firing.fire(id);
  assert.deepEqual(store.scheduleRuns.latest(id, 9), []);
  await firing.fire(id);
  assert.deepEqual(store.scheduleRuns.latest(id, 9).map(({ dueAt, state }) => [dueAt, state.type]), [[START + HOUR / 2, 'queued']]);
});

/** A schedule whose due time is moved by somebody while its tasks are read for the first time. */
function changing(t: TestContext) {
  const clock = new ManualClock(START);
  const { store, ledger, log } = new MemoryStore(t);
  const id = store.write(() => store.schedules.insert({
    workspace: '/lab', name: 'Nightly', rule: HOURLY, timeZone: 'UTC', missed: 'once', overlap: 'queue', paused: false, source: { type: 'person' },
    request: { tasks: [{ command: ['tool'] }], confine: false }, nextAt: START + HOUR, trusted: true, filePaused: false,
  }));
  let reads = 0;
  return {
    clock, store, ledger, log, id,
    context: (): Promise<SpecContext> => {
      if (reads++ === 0) store.write(() => store.schedules.update(id, { ...store.schedules.get(id)!, rule: { type: 'interval', everyMs: HOUR, anchor: START - HOUR / 2 }, nextAt: START + HOUR / 2 }));
      return Promise.resolve(context);
    },
  };
}

void test('one that comes due once is over after an error, and says it', async (t) => {
  const { hours, fail, view } = lab(t, { type: 'once', at: START + HOUR });
  fail(new Error('the disk is away'));
  await hours(3);
  assert.deepEqual([met(view()), view().state], [['failed'], { type: 'over' }]);
});

void test('one whose time zone is unknown here is paused at once, since no due time can be told', async (t) => {
  const { hours, store, id, view } = lab(t);
  store.write(() => store.schedules.update(id, { ...store.schedules.get(id)!, timeZone: 'Mars/Olympus' }));
  await hours(2);
  const { state } = view();
  assert.deepEqual([state.type, met(view())], ['paused', ['failed']]);
});
