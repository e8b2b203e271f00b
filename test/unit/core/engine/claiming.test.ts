import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candidatesOf, claimRunnable, snapshotOf } from '../../../../src/core/engine/claiming.ts';
import type { Claimed } from '../../../../src/core/engine/claimed.ts';
import { DEFAULT_OPTIONS } from '../../../../src/core/engine/engine-options.ts';
import { LeaseKeeper } from '../../../../src/core/engine/lease-keeper.ts';
import { engineId, holderOfHold, holderOfTask, type TaskId } from '../../../../src/core/model/ids.ts';
import type { Limits } from '../../../../src/core/model/limits.ts';
import type { TaskSpec } from '../../../../src/core/model/spec.ts';
import { selectRunnable } from '../../../../src/core/scheduler/select-runnable.ts';
import type { Capacity } from '../../../../src/core/scheduler/snapshot.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { FakeProcessTable } from '../../../support/process/fake-process-table.ts';
import { meet } from '../../../support/scheduler/scheduler-model.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';
import { ManualClock } from '../../views/manual-clock.ts';

const limits: Limits = {
  total: 5, memoryThreshold: 0.75,
  types: [{ name: 'solo', limit: 1, cpu: 1, memory: 1 }, { name: 'pair', limit: 2, cpu: 1, memory: 1 }, { name: 'any', limit: 9, cpu: 0.5, memory: 1 }],
};
const capacity = { cores: 4, memoryTotal: 64, memoryAvailable: 64 };

interface Given {
  readonly roots?: readonly string[];
  readonly hasTerminals?: boolean;
  readonly jobs?: number;
  readonly engine?: number;
  readonly limits?: Limits;
}

/** Claims until there is nothing more to claim; returns what was claimed. */
function claimAll(memory: MemoryStore, { roots = ['/lab'], hasTerminals = false, jobs, engine = 1, limits: own = limits }: Given = {}, now = 5000, room: Capacity = capacity): Claimed[] {
  const claimed: Claimed[] = [];
  for (let round = 0; round < 500; round++) {
    const claimant = { engine: engineId(engine), roots, hasTerminals, jobs, boot: 'boot-1', folderFor: ({ id }: { id: number }) => `/state/runs/${id}` };
    const claims = memory.store.write(() => claimRunnable(memory.store, memory.ledger, memory.estimates, claimant, own, room, now));
    claimed.push(...claims.claimed);
    if (!claims.unfinished && claims.claimed.length === 0) return claimed;
  }
  throw new Error('It claims without an end');
}

const idsOf = (claimed: readonly Claimed[]): TaskId[] => claimed.map(({ task }) => task.id);
const write = (path: string): Partial<TaskSpec> => ({ files: [{ path, mode: 'write' }] });

test('a claim takes the task, a run, and its locks together', (t) => {
  const memory = new MemoryStore(t);
  const id = memory.add({ type: 'pair', cpu: 2, memory: 8, ...write('/a') }, { now: 1000 });
  const [{ task, run }] = claimAll(memory) as [Claimed];
  assert.deepEqual([task.id, task.state, task.attempts, task.tries], [id, { status: 'starting', run: run.id, claimedAt: 5000 }, 1, 1]);
  assert.deepEqual(
    { task: run.task, type: run.type, attempt: run.attempt, engine: run.engine, folder: run.folder, boot: run.boot, cpu: run.reservedCpu, memory: run.reservedMemory, position: run.position },
    { task: id, type: 'pair', attempt: 1, engine: 1, folder: `/state/runs/${id}`, boot: 'boot-1', cpu: 2, memory: 8, position: 1000 + 5 * 600_000 },
  );
  assert.equal(memory.store.claims.inTheWay([{ holder: holderOfTask(memory.add()), position: 0, claims: [{ key: '/a', glob: '', path: '/a', mode: 'read' }] }]).length, 1);
});

test('a task says itself what it needs, or its type does; of a script that nobody knows a little more is supposed', (t) => {
  const memory = new MemoryStore(t);
  memory.add({ type: 'any' });
  memory.add({ type: 'theirs', memory: 3 });
  memory.add({ type: 'any', cpu: 0.1, memory: 1 });
  assert.deepEqual(claimAll(memory).map(({ run }) => [run.type, run.reservedCpu, run.cpuFrom, run.reservedMemory, run.memoryFrom, run.script === undefined]), [
    ['any', 0.75, 'guess', 2, 'guess', false], ['theirs', 1, 'guess', 3, 'declared', false], ['any', 0.1, 'declared', 1, 'declared', true],
  ]);
});

const ROOM = { cores: 4, memoryTotal: 320, memoryAvailable: 320 };

/** The same script, many times, with nothing known of it; each takes `takes` after three seconds. How many run after each second. */
function burst(memory: MemoryStore, takes: number, cpu: number | undefined, capacity: Capacity = ROOM): number[] {
  const { store, ledger } = memory;
  for (let n = 0; n < 24; n++) memory.add({ type: 'any', ...(cpu !== undefined && { cpu }) });
  return Array.from({ length: 8 }, (_, second) => {
    const now = 10_000 + second * 1000;
    const grown = store.runs.active().map((run) => ({ run, memory: now - run.claimedAt >= 3000 ? takes : 1 }));
    store.write(() => grown.forEach(({ run, memory: used }) => store.runs.setUsage(run.id, 0.1, used, used)));
    const available = capacity.memoryAvailable - grown.reduce((sum, { memory: used }) => sum + used, 0);
    claimAll(memory, { limits: { ...limits, total: 99, types: [{ name: 'any', limit: 99, cpu: 0.01, memory: 1 }] } }, now, { ...capacity, memoryAvailable: available });
    store.write(() => store.runs.active().forEach((run) => void (run.startedAt === undefined && (store.runs.setStarted(run.id, [], undefined, undefined, now), ledger.apply(run.task, { type: 'started', at: now }, now)))));
    return store.runs.active().length;
  });
}

test('copies of an unknown script start no faster than careful guesses allow, and wait once the first have shown what they take', (t) => {
  // Sixty may be filled: six guesses, each a 32nd of the memory.
  assert.deepEqual(burst(new MemoryStore(t), 40, 0.01, { ...ROOM, memoryAvailable: 140 }), [6, 6, 6, 6, 6, 6, 6, 6]);
});

test('copies of an unknown script that take little start as soon as that is known', (t) => {
  assert.deepEqual(burst(new MemoryStore(t), 1, 0.01, { ...ROOM, memoryAvailable: 140 }), [6, 6, 6, 6, 6, 11, 11, 11]);
});

test('cores that nothing is known of are guessed for a moment only', (t) => {
  assert.deepEqual(burst(new MemoryStore(t), 1, undefined).slice(0, 3), [6, 11, 15]);
});

test('an engine starts tasks of its own workspaces, and nothing without one', (t) => {
  const memory = new MemoryStore(t);
  const [inside, below] = [memory.add({ type: 'any' }), memory.add({ type: 'any' }, { workspace: '/lab/sub' })];
  memory.add({ type: 'any' }, { workspace: '/labs' });
  assert.deepEqual(idsOf(claimAll(memory, { roots: [] })), []);
  assert.deepEqual(idsOf(claimAll(memory)), [inside, below]);
});

test('nothing of a paused workspace is started', (t) => {
  const memory = new MemoryStore(t);
  const [inside] = [memory.add({ type: 'any' }, { workspace: '/lab/open' }), memory.add({ type: 'any' }, { workspace: '/lab/paused/below' })];
  memory.store.write(() => memory.store.settings.setPaused('/lab/paused', true));
  assert.deepEqual(idsOf(claimAll(memory)), [inside]);
});

test('interactive tasks are left to engines with terminals', (t) => {
  const memory = new MemoryStore(t);
  const id = memory.add({ type: 'any', interactive: true });
  assert.deepEqual([idsOf(claimAll(memory)), idsOf(claimAll(memory, { hasTerminals: true }))], [[], [id]]);
});

test('an engine may have a limit of its own below that of the machine', (t) => {
  const memory = new MemoryStore(t);
  for (let n = 0; n < 6; n++) memory.add({ type: 'any' });
  assert.equal(claimAll(memory, { jobs: 2 }).length, 2);
  assert.equal(claimAll(memory, { jobs: 2 }).length, 0);
  assert.equal(claimAll(memory, { jobs: 2, engine: 2 }).length, 2);
  assert.equal(claimAll(memory, { engine: 3 }).length, 1, 'the machine has five');
});

test('a task far behind thousands that wait for one file is found, and the line moves on one by one', (t) => {
  const memory = new MemoryStore(t);
  const line = memory.store.write(() => Array.from({ length: 800 }, () => memory.add({ type: 'any', ...write('/a') })));
  const free = memory.add({ type: 'any', priority: 9 });
  assert.deepEqual(idsOf(claimAll(memory)), [line[0], free]);
  for (let n = 0; n < 30; n++) {
    memory.end(line[n]!);
    assert.deepEqual(idsOf(claimAll(memory)), [line[n + 1]]);
  }
});

test('a task that comes later does not pass those in line, one that is more urgent does', (t) => {
  const memory = new MemoryStore(t);
  const [holder, waits] = [memory.add({ type: 'any', ...write('/a') }), memory.add({ type: 'any', ...write('/a') })];
  assert.deepEqual(idsOf(claimAll(memory)), [holder]);
  const later = memory.add({ type: 'any', files: [{ path: '/a/b', mode: 'read' }] });
  assert.deepEqual(idsOf(claimAll(memory)), []);
  const urgent = memory.add({ type: 'any', priority: 1, ...write('/a') });
  memory.end(holder);
  assert.deepEqual(idsOf(claimAll(memory)), [urgent]);
  memory.end(urgent);
  assert.deepEqual(idsOf(claimAll(memory)), [waits]);
  memory.end(waits);
  assert.deepEqual(idsOf(claimAll(memory)), [later]);
});

test('who has come to wait for a person leaves the line, and those right behind it start', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const holder = memory.add({ type: 'any', ...write('/a') }, { now: 1000 });
  claimAll(memory);
  const first = memory.add({ type: 'any', files: [{ path: '/a', mode: 'write' }, { path: '/b', mode: 'write' }] }, { now: 2000 });
  assert.deepEqual(idsOf(claimAll(memory)), []);
  store.write(() => {
    const editor = store.holds.insert({ kind: 'editor', engine: engineId(1), name: '', pid: 1, pidStart: '', boot: 'boot-1', position: 3000, askedAt: 3000 });
    store.claims.take(holderOfHold(editor), [{ key: '/b', glob: '', path: '/b', mode: 'write' }], 3000);
    memory.ledger.apply(holder, { type: 'started', at: 3000 }, 3000);
    memory.ledger.apply(holder, { type: 'ended', outcome: { type: 'succeeded' }, at: 3000 }, 3000);
    store.runs.setEnded(store.runs.latestOf(holder)!.id, { at: 3000, outcome: { type: 'succeeded' }, exitCode: 0, signal: undefined, userMs: undefined, systemMs: undefined, peakMemory: undefined });
  });
  const second = memory.add({ type: 'any', ...write('/a') }, { now: 4000 });
  assert.deepEqual(idsOf(claimAll(memory)), [second]);
  assert.deepEqual([memory.task(first).state.status, store.claims.awaited(holderOfTask(first))], ['queued', []]);
});

test('half a core is given out beyond what there is, and no more than a quarter of them', (t) => {
  const { store } = new MemoryStore(t);
  const coresOf = (cores: number): number => snapshotOf(store, [], limits, { ...capacity, cores }, [], 0).capacity.cores;
  assert.deepEqual([1, 2, 8].map(coresOf), [1.25, 2.5, 8.5]);
});

test('those in line behind a task of a window that was closed do not wait for it', async (t) => {
  const memory = new MemoryStore(t);
  const clock = new ManualClock(5000);
  const lease = new LeaseKeeper(memory.store, new FakeProcessTable(), clock, memory.log, { ...DEFAULT_OPTIONS, home: '/state', kind: 'window', roots: ['/other'] });
  await lease.register();
  const holder = memory.add({ type: 'any', ...write('/shared') });
  assert.deepEqual(idsOf(claimAll(memory)), [holder]);
  memory.add({ type: 'any', ...write('/shared') }, { workspace: '/other' });
  assert.deepEqual(idsOf(claimAll(memory, { roots: ['/other'], engine: lease.id })), []);
  const waits = memory.add({ type: 'any', ...write('/shared') });
  assert.deepEqual(idsOf(claimAll(memory)), []);
  lease.release();
  memory.end(holder);
  assert.deepEqual(idsOf(claimAll(memory)), [waits]);
});

test('whatever happens, what could start has started, and no file is held twice', (t) => {
  const random = new SeededRandom(seedFor(t));
  for (let round = 0; round < 8; round++) playRound(new MemoryStore(t), random);
});

const KEYS = ['/', '/a', '/a/b', '/a/b/c', '/a/bc', '/d', '/d/e'];

function playRound(memory: MemoryStore, random: SeededRandom): void {
  const { store, ledger } = memory;
  const roots = ['/lab', '/other'];
  let paused = false;
  let now = 10_000;
  for (let step = 0; step < 80; step++) {
    now += random.between(0, 1000);
    const queued = roots.flatMap((root) => store.tasks.idsOf(root, 'queued'));
    const active = store.runs.active();
    const some = queued.length > 0 ? random.pick(queued) : undefined;
    const act = random.between(0, 9);
    if (act <= 3) add();
    else if (act <= 6 && active.length > 0) end(random.pick(active).task);
    else if (act === 7 && some !== undefined) store.write(() => ledger.apply(some, random.chance(0.3) ? { type: 'stopRequested', cause: { type: 'cancel' }, at: now } : memory.task(some).state.status === 'queued' && random.chance(0.5) ? { type: 'held' } : { type: 'released', at: now }, now));
    else if (act === 8 && some !== undefined) {
      store.write(() => {
        store.tasks.setPriority(memory.task(some), random.between(1, 9), now);
        ledger.moveOn(some);
      });
    } else if (act === 9) setPaused(!paused);
    claimAll(memory, { roots }, now);
    check();
  }
  setPaused(false);
  for (const root of roots) for (const id of store.tasks.idsOf(root, 'queued')) store.write(() => ledger.apply(id, { type: 'released', at: now }, now));
  for (let left = 2000; left > 0; left--) {
    claimAll(memory, { roots }, now);
    check();
    const [run] = store.runs.active();
    if (run === undefined) break;
    end(run.task);
  }
  assert.deepEqual(roots.flatMap((root) => store.tasks.idsOf(root, 'queued')), [], 'in the end all have run');

  function setPaused(to: boolean): void {
    paused = to;
    store.write(() => {
      store.settings.setPaused('/other', to);
      store.dissolveLines();
    });
  }

  function add(): void {
    const files = Array.from({ length: random.pick([0, 1, 1, 2]) }, () => ({ path: random.pick(KEYS), mode: random.pick(['read', 'write'] as const) }));
    memory.add({ type: random.pick(['solo', 'pair', 'any']), priority: random.pick([1, 5, 5, 9]), cpu: random.pick([0.5, 1, 2, 4]), memory: random.pick([1, 8, 30]), files }, { now, workspace: random.pick(roots) });
  }

  function end(id: TaskId): void {
    store.write(() => {
      const run = store.runs.latestOf(id)!;
      store.runs.setEnded(run.id, { at: now, outcome: { type: 'succeeded' }, exitCode: 0, signal: undefined, userMs: 0, systemMs: 0, peakMemory: 0 });
      ledger.apply(id, { type: 'ended', outcome: { type: 'succeeded' }, at: now }, now);
    });
  }

  function check(): void {
    const locks = memory.database.all('SELECT key, holder, mode FROM locks').map((row) => ({ key: String(row.key), task: Number(row.holder), mode: row.mode }));
    for (const one of locks) for (const other of locks) assert.ok(one.task === other.task || !meet(one.key, other.key) || (one.mode === 'read' && other.mode === 'read'), JSON.stringify(locks));
    const active = store.runs.active();
    assert.ok(active.length <= limits.total);
    for (const { name, limit } of limits.types) assert.ok(active.filter(({ type }) => type === name).length <= limit);
    // The same decision over all that waits, as if nobody had ever been parked. Tasks of a full type are looked at or not, as
    // it happens; what could start either way must have started.
    const open = roots
      .filter((root) => !(paused && root === '/other'))
      .flatMap((root) => store.tasks.idsOf(root, 'queued'))
      .map((id) => memory.task(id))
      .filter(({ state }) => state.status === 'queued' && !state.held);
    const isFull = (name: string): boolean => active.filter(({ type }) => type === name).length >= limits.types.find((type) => type.name === name)!.limit;
    const [all, some] = [open, open.filter(({ spec }) => !isFull(spec.type))].map((tasks) => {
      const snapshot = snapshotOf(store, active, limits, capacity, candidatesOf(store, tasks, memory.estimates.of(tasks, limits, capacity.memoryTotal, active)), now);
      return selectRunnable({ ...snapshot, locks: snapshot.locks.filter(({ since }) => since !== undefined) }).start;
    });
    assert.deepEqual(all!.filter((id) => some!.includes(id)), [], `parked: ${JSON.stringify(memory.database.all('SELECT id, parked FROM tasks WHERE parked IS NOT NULL'))}`);
  }
}

test('a task that can never fit fails in the same decision, and hides nobody', (t) => {
  const memory = new MemoryStore(t);
  const giants = Array.from({ length: 30 }, () => memory.add({ type: 'any', memory: 65 }));
  const fits = memory.add({ type: 'any' });
  assert.deepEqual(idsOf(claimAll(memory)), [fits]);
  for (const id of giants) assert.deepEqual(memory.task(id).state, { status: 'finished', finishedAt: 5000, outcome: { type: 'failed', reason: 'never-fits', resource: 'memory', needs: 65, has: 64 } });
});
