import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Database } from '../../../../src/core/store/database.ts';
import { ClockedEngine } from '../../../support/clocked-engine.ts';

const SECOND = 1000;
const BEAT_MS = 500;

/** Has reads of the store fail, as on a disk that answers nothing just now: those that pass `which`, while it is told to. */
function unreadable(t: TestContext, which: (sql: string) => boolean = () => true) {
  const failing = { is: false, met: 0 };
  for (const name of ['get', 'all'] as const) {
    const read = Object.getOwnPropertyDescriptor(Database.prototype, name)!.value as (this: Database, sql: string, ...values: never[]) => never;
    t.mock.method(Database.prototype, name, function (this: Database, sql: string, ...values: never[]) {
      if (failing.is && which(sql)) {
        failing.met++;
        throw Object.assign(new Error('disk I/O error'), { errcode: 10 });
      }
      return read.call(this, sql, ...values);
    });
  }
  return failing;
}

/** The engine's own clock, and the timers that are the system's: heartbeats and looks for other engines' commits. */
async function pass(t: TestContext, clocked: ClockedEngine, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= BEAT_MS) {
    t.mock.timers.tick(BEAT_MS);
    await clocked.advance(BEAT_MS);
  }
}

test('an engine whose store cannot be read for a while goes on as soon as it can', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const failing = unreadable(t);
  const clocked = await ClockedEngine.open(t);
  const said: string[] = [];
  clocked.engine.onDidLog(({ level, message }) => said.push(`${level} ${message}`));
  const [first, later] = await clocked.submit({}, { startAt: new Date(clocked.clock.now() + 5 * SECOND).toISOString() });
  const added = await clocked.engine.schedules.addSchedule(clocked.lab, { name: 'Often', every: '4s', tasks: [{ command: ['tool'] }] }, 'person');
  assert.ok(added.ok);
  // With nothing to write down, each look for something to start only reads.
  await clocked.exit(0, 0);
  failing.is = true;
  await pass(t, clocked, 10 * SECOND);
  assert.equal(clocked.processes.length, 1);
  failing.is = false;
  await pass(t, clocked, 5 * SECOND);
  assert.deepEqual([await clocked.outcome(first!), await clocked.state(later!).then(({ status }) => status), clocked.processes.length], [{ type: 'succeeded' }, 'running', 3]);
  const told = new Set(said.filter((line) => line.includes('disk I/O error')));
  for (const failure of ['Changes by others could not be looked for', 'Schedules could not be looked at', 'The heartbeat could not be written', 'The queue could not be read']) {
    assert.ok(told.has(`error ${failure}: disk I/O error; trying again`), [failure, ...told].join('\n'));
  }
});

test('an order that was written is answered, and carried out, though the store cannot be read right after', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const failing = unreadable(t);
  const clocked = await ClockedEngine.open(t);
  const [id] = await clocked.submit({});
  const [process] = clocked.processes;
  clocked.table.onSignal = (pid, signal) => {
    if (pid === process!.pid && signal === 'SIGCONT') process!.exit(143);
  };
  const write = clocked.store.write.bind(clocked.store);
  clocked.store.write = (act) => {
    const value = write(act);
    failing.is = true;
    return value;
  };
  assert.deepEqual(await clocked.engine.tasks.cancel([id!]), { done: [id], refused: [] });
  assert.deepEqual(clocked.table.signals, []);
  clocked.store.write = write;
  failing.is = false;
  await pass(t, clocked, SECOND);
  assert.deepEqual([clocked.table.signals[0], await clocked.outcome(id!)], [`SIGCONT ${process!.pid}`, { type: 'cancelled' }]);
});

for (const [what, read] of [['themselves', 'FROM runs WHERE id'], ['the locks of those that are gone', 'FROM holds']] as const) {
  test(`runs that were taken over are looked after, though ${what} cannot be read at first`, async (t) => {
    t.mock.timers.enable({ apis: ['setInterval'] });
    const failing = unreadable(t, (sql) => sql.includes(read));
    const first = await ClockedEngine.open(t);
    const [id] = await first.submit({});
    await first.engine.close();
    first.processes[0]!.exit(3);
    failing.is = true;
    const second = await first.next();
    assert.ok(failing.met > 0);
    failing.is = false;
    await pass(t, second, SECOND);
    assert.deepEqual(await second.outcome(id!), { type: 'failed', reason: 'exit', code: 3 });
  });
}
