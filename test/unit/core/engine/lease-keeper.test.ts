import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_OPTIONS } from '../../../../src/core/engine/engine-options.ts';
import { LeaseKeeper } from '../../../../src/core/engine/lease-keeper.ts';
import { engineId, type EngineId } from '../../../../src/core/model/ids.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { FakeProcessTable } from '../../../support/process/fake-process-table.ts';
import { ManualClock } from '../../views/manual-clock.ts';

const MINUTE = 60_000;

async function setting(t: { after(clean: () => void): void }) {
  const memory = new MemoryStore(t);
  const clock = new ManualClock(1_000_000);
  const table = new FakeProcessTable().add(process.pid);
  const keeper = (): LeaseKeeper => new LeaseKeeper(memory.store, table, clock, memory.log, { ...DEFAULT_OPTIONS, home: '/state', kind: 'cli', roots: ['/lab'] });
  const own = keeper();
  await own.register();
  /** An engine of another process, with a run. */
  const other = (pid: number, boot = table.boot): { readonly engine: EngineId; readonly run: number } => {
    table.add(pid);
    const engine = memory.store.engines.insert({ pid, pidStart: String(pid * 10), boot, kind: 'window', roots: ['/lab'], runsTasks: true, hasTerminals: false }, clock.now());
    const id = memory.add();
    memory.run(id);
    const run = memory.store.runs.latestOf(id)!.id;
    memory.store.runs.setEngine(run, engine);
    return { engine, run };
  };
  const ownerOf = (run: number): EngineId | undefined => memory.store.runs.get(run as never)?.engine;
  return { memory, clock, table, keeper, own, other, ownerOf };
}

test('a lease tells who the engine is', async (t) => {
  const { memory, own, table } = await setting(t);
  assert.deepEqual(memory.store.engines.all(), [{
    id: own.id, pid: process.pid, pidStart: String(process.pid * 10), boot: table.boot, kind: 'cli', roots: ['/lab'], runsTasks: true, hasTerminals: false, heartbeatAt: 1_000_000,
  }]);
});

test('an engine without a lease has no number', async (t) => {
  const { keeper } = await setting(t);
  assert.throws(() => keeper().id, /only looks/);
});

test('the heart beats every two seconds, not at each look', async (t) => {
  const { memory, clock, own } = await setting(t);
  const beats: number[] = [];
  for (let n = 0; n < 20; n++) {
    await clock.advance(500);
    own.beat();
    beats.push(memory.store.engines.all()[0]!.heartbeatAt);
  }
  assert.deepEqual([...new Set(beats)], [0, 2, 4, 6, 8, 10].map((seconds) => 1_000_000 + seconds * 1000));
});

test('an engine that nobody can look at keeps its runs, until nothing is heard of it either', async (t) => {
  const { clock, table, own, other, ownerOf } = await setting(t);
  const { engine, run } = other(50);
  table.isSilent = true;
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[], engine]);
  for (let seconds = 0; seconds < 22; seconds += 2) {
    await clock.advance(2000);
    own.beat();
  }
  assert.deepEqual(await own.takeOver(), [run]);
});

test('an engine that could not tell its start is known by its number alone', async (t) => {
  const { memory, table, keeper, own } = await setting(t);
  table.isSilent = true;
  const other = keeper();
  await other.register();
  memory.database.run('UPDATE engines SET pid = 50 WHERE id = ?', other.id);
  table.isSilent = false;
  table.add(50);
  assert.deepEqual((await own.others()).gone, []);
  table.end(50);
  assert.deepEqual((await own.others()).gone.map(({ how }) => how), ['died']);
});

test('living engines keep their runs', async (t) => {
  const { own, other, ownerOf } = await setting(t);
  const { engine, run } = other(50);
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[], engine]);
});

for (const [name, change] of [
  ['is gone', (table: FakeProcessTable) => table.end(50)],
  ['has been followed by another with its number', (table: FakeProcessTable) => table.add(50, { start: 'later' })],
] as const) {
  test(`the runs of an engine whose process ${name} are taken over at once`, async (t) => {
    const { memory, table, own, other, ownerOf } = await setting(t);
    const { run } = other(50);
    change(table);
    assert.deepEqual([await own.takeOver(), ownerOf(run), memory.store.engines.all().length], [[run], own.id, 1]);
    assert.match(memory.log.lines.at(-1)!, /^warn Engine \d+ \(window, pid 50\) is gone; its runs are taken over$/);
    assert.deepEqual(await own.takeOver(), [], 'once');
  });
}

test('after the machine has slept nobody is taken for dead before he had the time to say something', async (t) => {
  const { memory, clock, own, other, ownerOf } = await setting(t);
  const { engine, run } = other(50);
  clock.leap(60 * MINUTE);
  own.beat();
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[], engine]);
  await clock.advance(19_000);
  memory.store.write(() => memory.store.engines.beat(engine, clock.now()));
  await clock.advance(2000);
  own.beat();
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[], engine]);
});

test('a clock that is set back does not put the next beat off', async (t) => {
  const { memory, clock, own } = await setting(t);
  clock.setBack(60 * MINUTE);
  own.beat();
  assert.equal(memory.store.engines.all()[0]!.heartbeatAt, 1_000_000 - 60 * MINUTE);
});

test('an engine that hangs is taken for dead after twenty seconds of silence', async (t) => {
  const { clock, own, other, ownerOf } = await setting(t);
  const { engine, run } = other(50);
  await clock.advance(20_000);
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[], engine]);
  await clock.advance(1);
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[run], own.id]);
});

test('an engine of another boot, whose process cannot be looked at, is judged by its silence alone', async (t) => {
  const { clock, table, own, other, ownerOf } = await setting(t);
  const { engine, run } = other(50, 'another boot');
  table.end(50);
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[], engine]);
  await clock.advance(MINUTE);
  assert.deepEqual(await own.takeOver(), [run]);
});

test('an engine that comes back to life while it is looked at keeps its runs', async (t) => {
  const { memory, clock, table, own, other, ownerOf } = await setting(t);
  const { engine, run } = other(50);
  table.end(50);
  table.startOf = () => {
    memory.store.engines.beat(engine, clock.now() + 1);
    return Promise.resolve(undefined);
  };
  assert.deepEqual([await own.takeOver(), ownerOf(run)], [[], engine]);
});

test('runs that nobody looks after are taken over, those that are over are not', async (t) => {
  const { memory, own, other } = await setting(t);
  const [orphan, ended, strange] = [other(50), other(51), other(52)];
  memory.store.runs.setEngine(orphan.run as never, undefined);
  memory.store.runs.setEngine(strange.run as never, engineId(999));
  memory.store.runs.setEngine(ended.run as never, undefined);
  memory.end(memory.store.runs.get(ended.run as never)!.task);
  assert.deepEqual([...(await own.takeOver())].sort(), [orphan.run, strange.run]);
});

test('a new lease that could not be written is nobody\'s, and is asked for again', async (t) => {
  const { memory, clock, own, other } = await setting(t);
  const before = own.id;
  memory.store.engines.delete(before);
  await clock.advance(3000);
  const write = memory.store.write.bind(memory.store);
  memory.store.write = (act) => write(() => {
    act();
    throw Object.assign(new Error('database or disk is full'), { errcode: 13 });
  });
  assert.throws(() => own.beat());
  memory.store.write = write;
  assert.equal(own.id, before);
  const { engine } = other(50);
  await clock.advance(3000);
  assert.deepEqual([own.beat(), own.id === engine], [true, false]);
});

test('an engine that was taken for dead goes on with a new lease', async (t) => {
  const { memory, clock, own } = await setting(t);
  const before = own.id;
  memory.store.engines.delete(before);
  await clock.advance(3000);
  own.beat();
  assert.notEqual(own.id, before);
  assert.deepEqual(memory.store.engines.all().map(({ id }) => id), [own.id]);
  assert.match(memory.log.lines.at(-1)!, new RegExp(`it goes on with a new lease \\(${own.id} after ${before}\\)`));
});

test('who leaves lets go of the lease and of all runs, once', async (t) => {
  const { memory, own } = await setting(t);
  const id = memory.add();
  memory.run(id);
  memory.store.runs.setEngine(memory.store.runs.latestOf(id)!.id, own.id);
  own.release();
  own.release();
  assert.deepEqual([memory.store.engines.all(), memory.store.runs.latestOf(id)?.engine], [[], undefined]);
});

const CRASHES: readonly (readonly [what: string, given: { readonly age: number; readonly also?: number; readonly ended?: boolean; readonly orderly?: boolean }, crashes: number])[] = [
  ['it started just before, and nothing else', { age: 1000 }, 1],
  ['it started long before', { age: 8000 }, 0],
  ['it was not the only one that started just before', { age: 1000, also: 3000 }, 0],
  ['another one started long before', { age: 1000, also: 9000 }, 1],
  ['it was over', { age: 1000, ended: true }, 0],
  ['it left in an orderly way', { age: 1000, orderly: true }, 0],
];

for (const [what, { age, also, ended = false, orderly = false }, crashes] of CRASHES) {
  test(`the end of an engine ${crashes === 1 ? 'counts' : 'does not count'} against a task: ${what}`, async (t) => {
    const { memory, table, clock, own } = await setting(t);
    const { store } = memory;
    const engine = store.engines.insert({ pid: 50, pidStart: '500', boot: table.boot, kind: 'window', roots: ['/lab'], runsTasks: true, hasTerminals: false }, clock.now());
    const started = (ago: number): number => {
      const id = memory.add();
      memory.run(id, clock.now() - ago);
      store.runs.setEngine(store.runs.latestOf(id)!.id, engine);
      return id;
    };
    const before = also === undefined ? [] : [started(also)];
    const id = started(age);
    if (ended) memory.end(id as never);
    if (orderly) {
      store.runs.releaseAll(engine);
      store.engines.delete(engine);
    }
    await own.takeOver();
    assert.deepEqual([id, ...before].map((each) => memory.task(each as never).crashes), [crashes, ...before.map(() => 0)]);
  });
}

test('an engine that is only not heard of counts against no task', async (t) => {
  const { memory, clock, table, own, other } = await setting(t);
  const { engine } = other(50);
  const id = memory.add();
  memory.run(id, clock.now());
  memory.store.runs.setEngine(memory.store.runs.latestOf(id)!.id, engine);
  memory.store.runs.delete(memory.store.runs.latestOf(id - 1 as never)!.id);
  await clock.advance(20_001);
  assert.equal((await own.takeOver()).length, 1);
  assert.deepEqual([table.processes.has(50), memory.task(id).crashes], [true, 0]);
});
