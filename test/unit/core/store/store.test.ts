import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { engineId, holderId, holderOfTask, runId, taskId, type TaskId } from '../../../../src/core/model/ids.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/model/limits.ts';
import { Database } from '../../../../src/core/store/database.ts';
import type { StoredTask } from '../../../../src/core/store/task-row.ts';
import { MemoryStore } from '../../../support/memory-store.ts';
import { meet } from '../../../support/scheduler/scheduler-model.ts';
import { SeededRandom, seedFor } from '../../../support/seeded-random.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

test('the counts that triggers keep are those of the tasks, whatever happened to them', (t) => {
  const memory = new MemoryStore(t);
  const random = new SeededRandom(seedFor(t));
  const { store, ledger } = memory;
  const living: TaskId[] = [];
  let now = 1000;
  for (let step = 0; step < 600; step++) {
    now += random.between(0, 20);
    const id = living.length === 0 || random.chance(0.35) ? add() : random.pick(living);
    const { state } = memory.task(id);
    store.write(() => {
      switch (random.between(0, 8)) {
        case 0: ledger.apply(id, { type: 'held' }, now); break;
        case 1: ledger.apply(id, { type: 'released', at: now }, now); break;
        case 2: if (state.status === 'queued' && !state.held) memory.run(id, now); break;
        case 3: if (state.status === 'running' || state.status === 'stopping') memory.end(id, random.between(0, 1), now); break;
        case 4: ledger.apply(id, { type: 'stopRequested', cause: { type: 'cancel' }, at: now }, now); break;
        case 5: if (state.status === 'finished') ledger.requeue(memory.task(id), now); break;
        case 6: store.tasks.openTimed(now); break;
        case 7: store.tasks.setPriority(memory.task(id), random.between(1, 9), now); break;
        case 8: if (state.status === 'finished') { ledger.forget(memory.task(id)); living.splice(living.indexOf(id), 1); } break;
      }
    });
    if (step % 20 === 0 || step > 580) for (const some of [['/lab'], ['/other'], ['/lab', '/other']]) assert.deepEqual(store.counts.of(some), counted(some));
  }
  assert.deepEqual(store.counts.workspaces().sort(), ['/lab', '/other']);

  function add(): TaskId {
    const id = memory.add({ expect: random.pick([{ type: 'succeeded' }, { type: 'failed' }] as const), ...(random.chance(0.3) && { startAt: now + random.between(0, 200) }) }, { now, workspace: random.pick(['/lab', '/other']) });
    living.push(id);
    return id;
  }

  function counted(workspaces: readonly string[]) {
    const tasks = memory.database.all('SELECT status, timed, unexpected, workspace FROM tasks').filter((row) => workspaces.includes(String(row.workspace)));
    const count = (is: (row: (typeof tasks)[number]) => boolean): number => tasks.filter(is).length;
    return {
      running: count(({ status }) => ['starting', 'running', 'stopping'].includes(String(status))),
      waiting: count(({ status, timed }) => status === 'queued' && timed === 0),
      scheduled: count(({ status, timed }) => status === 'queued' && timed === 1),
      finished: count(({ status }) => status === 'finished'),
      failed: count(({ status, unexpected }) => status === 'finished' && unexpected === 1),
    };
  }
});

test('a transaction that throws is taken back as a whole, and its revision with it', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const kept = memory.add();
  const revision = store.revision();
  assert.throws(() => store.write(() => {
    memory.add();
    store.write(() => memory.run(kept));
    store.settings.setPaused('/lab', true);
    throw new Error('no');
  }), /^Error: no$/);
  assert.deepEqual(
    [store.revision(), memory.task(kept).state.status, store.settings.pausedRoots(), store.counts.of(['/lab']).waiting, store.runs.active(), store.batches.latest(['/lab'], 9).length],
    [revision, 'queued', [], 1, [], 1],
  );
  memory.run(kept);
  assert.equal(store.revision(), revision + 1, 'the next one begins anew');
});

test('another connection sees all of a transaction or nothing, and hears that there was one', (t) => {
  const file = path.join(tempFolder(t), 'store.sqlite');
  const memory = new MemoryStore(t, file);
  const other = new Database(file, 'normal', true);
  t.after(() => other.close());
  const seen = (): number => Number(other.get('SELECT count(*) AS n FROM tasks')!.n);
  const before = other.dataVersion();
  memory.store.write(() => {
    memory.add();
    memory.add();
    assert.equal(seen(), 0);
  });
  assert.deepEqual([seen(), other.dataVersion() !== before, memory.store.dataVersion()], [2, true, memory.store.dataVersion()]);
  assert.throws(() => other.run('DELETE FROM tasks'), /readonly/);
});

test('two claims of a task on one file are one, the stronger', (t) => {
  const memory = new MemoryStore(t);
  const id = memory.add({ files: [{ path: '/a', mode: 'read' }, { path: '/b', mode: 'write' }, { path: '/a', mode: 'write' }, { path: '/b', mode: 'read' }] });
  assert.deepEqual(memory.store.claims.of(id).map(({ path: file, mode }) => `${mode} ${file}`), ['write /a', 'write /b']);
});

test('locks are held from the claim to the end, and by nobody after', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const id = memory.add({ files: [{ path: '/a', mode: 'write' }] });
  const other = { holder: holderOfTask(taskId(99)), position: 0, claims: [{ key: '/a', glob: '', path: '/a', mode: 'read' as const }] };
  const inTheWay = (): unknown[] => store.inTheWay([other]);
  assert.deepEqual(inTheWay(), []);
  memory.run(id, 7);
  assert.deepEqual(inTheWay(), [{ key: '/a', glob: '', path: '/a', mode: 'write', holder: id, who: { type: 'task', id, name: 'job' }, since: 7 }]);
  memory.end(id);
  assert.deepEqual(inTheWay(), []);
});

test('whatever may stand in the way of a claim is found, above, below and in the line before it', (t) => {
  const random = new SeededRandom(seedFor(t));
  const keys = ['/', '/a', '/a/b', '/a/b/c', '/a/bc', '/a-b', '/a.b', '/a0', '/b', '/b/c'];
  for (let round = 0; round < 150; round++) {
    const memory = new MemoryStore(t);
    const { store } = memory;
    const claims = () => [...new Set(Array.from({ length: random.between(1, 2) }, () => random.pick(keys)))].map((key) => ({ key, glob: '', path: key, mode: random.pick(['read', 'write'] as const) }));
    const locks = Array.from({ length: random.between(0, 4) }, (_, n) => ({ holder: holderId(n + 1), claims: claims() }));
    const line = Array.from({ length: random.between(0, 4) }, (_, n) => ({ holder: holderId(n + 11), position: random.between(0, 3), claims: claims() }));
    const candidate = { holder: holderId(random.pick([0, 50])), position: random.between(0, 3), claims: claims() };
    store.write(() => {
      for (const lock of locks) store.claims.take(lock.holder, lock.claims, 5);
      for (const waiter of line) store.claims.standInLine(waiter);
    });
    const found = store.claims.inTheWay([candidate]);
    const clashes = (mine: { key: string; mode: string }, theirs: { key: string; mode: string }): boolean => meet(mine.key, theirs.key) && (mine.mode === 'write' || theirs.mode === 'write');
    const shown = JSON.stringify({ locks, line, candidate, found });
    for (const lock of locks) {
      for (const claim of lock.claims.filter((held) => candidate.claims.some((own) => clashes(own, held)))) {
        assert.ok(found.some((entry) => entry.holder === lock.holder && entry.key === claim.key && entry.since === 5), shown);
      }
    }
    const before = line.filter(({ holder, position }) => position < candidate.position || (position === candidate.position && holder < candidate.holder));
    for (const own of candidate.claims) {
      const waits = before.some((waiter) => waiter.claims.some((claim) => clashes(own, claim)));
      assert.equal(found.some((entry) => entry.since === undefined && clashes(own, entry)), waits, shown);
    }
    assert.ok(found.every(({ holder: of, since }) => since !== undefined || before.some(({ holder }) => holder === of)), shown);
  }
});

test('a run tells its story, and figures that come after its end change nothing', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const id = memory.add();
  const base = { task: id, type: 'utility', attempt: 1, engine: engineId(4), folder: '/state/runs/1', boot: 'boot-1', position: 42, readyAt: 7, reservedCpu: 0.5, reservedMemory: 100, cpuFrom: 'declared', memoryFrom: 'guess', script: '/lab/a.py' } as const;
  const run = store.write(() => store.runs.insert(base, 10));
  const empty = { startedAt: undefined, endedAt: undefined, pid: undefined, pidStart: undefined, exitCode: undefined, signal: undefined, userMs: undefined, systemMs: undefined, peakMemory: undefined, cores: undefined, coresWanted: undefined, memory: undefined, outcome: undefined, undeclared: [], conflicts: [], pausedMs: 0 };
  assert.deepEqual(store.runs.get(run), { ...base, ...empty, id: run, argv: [], claimedAt: 10 });
  store.write(() => {
    store.runs.setStarted(run, ['a', 'b c'], 4711, '99', 20);
    store.runs.setUsage(run, 0.7, 300, 500, 0.9);
  });
  assert.deepEqual(store.runs.get(run), { ...base, ...empty, id: run, argv: ['a', 'b c'], claimedAt: 10, startedAt: 20, pid: 4711, pidStart: '99', cores: 0.7, coresWanted: 0.9, memory: 300, peakMemory: 500 });
  store.write(() => store.runs.setEnded(run, { at: 30, outcome: { type: 'succeeded' }, exitCode: 0, signal: undefined, userMs: 5.5, systemMs: 1, peakMemory: 400 }));
  store.write(() => store.runs.setUsage(run, 9, 9, 9));
  assert.deepEqual(store.runs.get(run), { ...base, ...empty, id: run, argv: ['a', 'b c'], claimedAt: 10, startedAt: 20, endedAt: 30, pid: 4711, pidStart: '99', exitCode: 0, userMs: 5.5, systemMs: 1, peakMemory: 500, outcome: { type: 'succeeded' } });
});

test('an engine lets go of the runs that are not over', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const [first, second, third] = [memory.add(), memory.add(), memory.add()];
  for (const id of [first, second, third]) memory.run(id);
  memory.end(first);
  store.write(() => {
    store.runs.setEngine(store.runs.latestOf(third)!.id, engineId(2));
    store.runs.releaseAll(engineId(1));
  });
  assert.deepEqual([first, second, third].map((id) => store.runs.latestOf(id)?.engine), [1, undefined, 2]);
  assert.deepEqual(store.runs.active().map(({ task }) => task).sort(), [second, third]);
  store.write(() => store.runs.delete(runId(1)));
  assert.deepEqual([store.runs.get(runId(1)), store.runs.ofTask(first), store.runs.latestOf(first)], [undefined, [], undefined]);
});

test('a lease beats until it is taken away', (t) => {
  const { store } = new MemoryStore(t);
  const lease = { pid: 1, pidStart: '2', boot: 'b', kind: 'cli', roots: ['/lab', '/"x'], runsTasks: false, hasTerminals: true } as const;
  const id = store.write(() => store.engines.insert(lease, 10));
  assert.deepEqual([store.engines.beat(id, 20), store.engines.all()], [true, [{ ...lease, id, heartbeatAt: 20 }]]);
  store.engines.delete(id);
  assert.deepEqual([store.engines.beat(id, 30), store.engines.all()], [false, []]);
});

test('paused roots and limits are kept for all', (t) => {
  const { store } = new MemoryStore(t);
  assert.deepEqual([store.settings.limits(), store.settings.pausedRoots()], [undefined, []]);
  store.write(() => {
    store.settings.setLimits({ ...DEFAULT_LIMITS, total: 3 });
    store.settings.setLimits({ ...DEFAULT_LIMITS, total: 4 });
    for (const root of ['/lab', '/lab', '/other: "x"']) store.settings.setPaused(root, true);
    store.settings.setPaused('/nowhere', false);
  });
  assert.deepEqual([store.settings.limits(), store.settings.pausedRoots()], [{ ...DEFAULT_LIMITS, total: 4 }, ['/lab', '/other: "x"']]);
  store.write(() => store.settings.setPaused('/lab', false));
  assert.deepEqual(store.settings.pausedRoots(), ['/other: "x"']);
});

test('a batch that is over tells how long it took, from its first start to its last end', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const { spec } = memory.task(memory.add());
  const tasks = store.write(() => {
    const batch = store.batches.insert('/lab', 'sweep', 5);
    return [1, 2, 3].map(() => store.tasks.insert({ spec, workspace: '/lab', batch, unmet: 0 }, 5));
  });
  const wall = (): number | undefined => store.batches.latest(['/lab'], 1)[0]!.wallMs;
  const [first, second, never] = tasks as [TaskId, TaskId, TaskId];
  const start = (id: TaskId, at: number): void => {
    memory.run(id, at);
    store.write(() => store.runs.setStarted(store.runs.latestOf(id)!.id, [], undefined, undefined, at));
  };
  start(first, 1000);
  start(second, 2000);
  memory.end(first, 0, 9000);
  memory.end(second, 1, 4000);
  assert.equal(wall(), undefined, 'one of it still waits');
  store.write(() => memory.ledger.apply(never, { type: 'stopRequested', cause: { type: 'cancel' }, at: 20_000 }, 20_000));
  assert.equal(wall(), 8000, 'what never ran takes no time');
  store.write(() => memory.ledger.apply(second, { type: 'requeued', at: 30_000 }, 30_000));
  assert.equal(wall(), undefined);
  start(second, 31_000);
  memory.end(second, 0, 32_000);
  assert.deepEqual([wall(), wall()], [31_000, 31_000]);
});

test('batches come newest first with their totals, for as long as they have tasks', (t) => {
  const memory = new MemoryStore(t);
  const { store } = memory;
  const insert = (name: string, workspace: string, size: number): TaskId[] =>
    store.write(() => {
      const batch = store.batches.insert(workspace, name, 5);
      return Array.from({ length: size }, () => store.tasks.insert({ spec: { ...sample }, workspace, batch, unmet: 0 }, 5));
    });
  const sample = memory.task(memory.add({ name: 'first' })).spec;
  const [ok, broken, waits] = insert('second', '/lab', 3);
  insert('third', '/other', 1);
  memory.finish(ok!);
  memory.finish(broken!, 1);
  const latest = (roots: string[], limit: number): string[] => store.batches.latest(roots, limit).map(({ name, total, finished, failed }) => `${name} ${finished}/${total}, ${failed} failed`);
  assert.deepEqual(latest(['/lab', '/other'], 9), ['third 0/1, 0 failed', 'second 2/3, 1 failed', 'first 0/1, 0 failed']);
  assert.deepEqual(latest(['/lab', '/other'], 2), ['third 0/1, 0 failed', 'second 2/3, 1 failed']);
  assert.deepEqual(latest(['/lab'], 1), ['second 2/3, 1 failed']);
  store.write(() => {
    for (const id of [ok!, broken!]) memory.ledger.forget(memory.task(id));
  });
  assert.deepEqual(latest(['/lab'], 1), ['second 0/1, 0 failed']);
  memory.finish(waits!);
  store.write(() => memory.ledger.forget(memory.task(waits!)));
  assert.deepEqual(latest(['/lab'], 1), ['first 0/1, 0 failed']);
});

test('workspaces are found by the roots they lie below', (t) => {
  const memory = new MemoryStore(t);
  for (const workspace of ['/lab', '/lab/a', '/labs', '/other']) memory.add({}, { workspace });
  assert.deepEqual(['/lab', '/lab/a', '/'].map((root) => memory.store.workspacesUnder([root]).sort()), [['/lab', '/lab/a'], ['/lab/a'], ['/lab', '/lab/a', '/labs', '/other']]);
  assert.deepEqual([memory.store.workspacesUnder([]).length, memory.store.workspacesUnder(['/none'])], [4, []]);
});

test('a row that no version of this program wrote is an error that names it', (t) => {
  const memory = new MemoryStore(t);
  const id = memory.add();
  memory.database.exec(`UPDATE tasks SET status = 'dreaming' WHERE id = ${id}`);
  assert.throws((): StoredTask => memory.task(id), /Task 1 has the unknown status dreaming/);
});
