import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { engineId } from '../../../../src/core/model/ids.ts';
import { RunFolder } from '../../../../src/core/process/run-folder.ts';
import { ClockedEngine } from '../../../support/clocked-engine.ts';
import { until } from '../../../support/until.ts';

const SECOND = 1000;
const TEN = 10 * SECOND;

test('a task that fails is tried again after its backoff, which doubles', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({ retries: 3, backoff: 10 });
  for (const wait of [10, 20, 40]) {
    const tries = clocked.processes.length;
    await clocked.exit(tries - 1, 1);
    await clocked.advance(wait * SECOND - 200);
    assert.deepEqual([clocked.processes.length, (await clocked.state(1)).status], [tries, 'queued'], `before ${wait} seconds`);
    await clocked.advance(200);
    assert.equal(clocked.processes.length, tries + 1, `after ${wait} seconds`);
  }
  const endedAt = clocked.clock.now();
  await clocked.exit(3, 7);
  assert.deepEqual(await clocked.state(1), { status: 'finished', outcome: { type: 'failed', reason: 'exit', code: 7 }, finishedAt: endedAt });
});

test('a person who retries a task gives it all its tries again', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const [id] = await clocked.submit({ retries: 1, backoff: 0 });
  await clocked.exit(0, 1);
  await clocked.exit(1, 1);
  assert.equal((await clocked.state(1)).status, 'finished');
  await clocked.order((tasks) => tasks.retry([id!]));
  await clocked.exit(2, 1);
  assert.equal(clocked.processes.length, 4);
  await clocked.exit(3, 0);
  const { task } = await clocked.view(1);
  assert.deepEqual([task.state.status, task.attempts], ['finished', 4]);
});

test('time runs out from the start on, and the run is asked to stop', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({ timeout: '50s' });
  const child = { parent: clocked.processes[0]!.pid };
  clocked.table.add(9000, child);
  await clocked.advance(5 * TEN - SECOND);
  assert.equal(clocked.table.signals.length, 0);
  const over = clocked.table.onSignal;
  clocked.table.onSignal = (pid, signal) => {
    over(pid, signal);
    if (signal === 'SIGTERM') clocked.processes[0]!.exit(143);
  };
  await clocked.advance(SECOND);
  await clocked.settle();
  assert.ok(clocked.table.signals.includes('SIGTERM 9000'));
  assert.deepEqual(await clocked.outcome(1), { type: 'timedOut', afterMs: 5 * TEN });
  await clocked.advance(10 * TEN);
  assert.equal(clocked.processes.length, 1);
});

test('the time of a run that another engine has taken over and ended is not held against the next', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const { store, clock } = clocked;
  const [id] = await clocked.submit({ timeout: '50s' });
  const startedAt = clock.now();
  const run = store.write(() => {
    const task = store.tasks.get(id!)!;
    const { id: first, boot, folder } = store.runs.latestOf(id!)!;
    store.runs.setEnded(first, { at: startedAt, outcome: { type: 'lost', message: '' }, exitCode: undefined, signal: undefined, userMs: undefined, systemMs: undefined, peakMemory: undefined });
    const next = store.runs.insert({ task: id!, type: 'utility', attempt: 2, engine: engineId(99), folder: `${folder}.next`, boot, position: 0, reservedCpu: 1, reservedMemory: 0 }, startedAt);
    store.tasks.setState(task, { status: 'running', run: next, startedAt }, startedAt);
    return next;
  });
  await clocked.advance(6 * TEN);
  assert.deepEqual(await clocked.state(id!), { status: 'running', run, startedAt });
});

test('a task with a timeout that ends in time is left alone', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({ timeout: '50s' });
  await clocked.exit(0, 0);
  await clocked.advance(10 * TEN);
  assert.deepEqual([clocked.table.signals, await clocked.outcome(1)], [[], { type: 'succeeded' }]);
});

test('the time of one try is not held against the next', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({ timeout: '50s', retries: 1, backoff: 0 });
  await clocked.advance(4 * TEN);
  await clocked.exit(0, 1);
  await clocked.advance(4 * TEN);
  assert.deepEqual([(await clocked.state(1)).status, clocked.processes.length], ['running', 2]);
  await clocked.exit(1, 0);
  assert.deepEqual(await clocked.outcome(1), { type: 'succeeded' });
});

test('an engine records nothing of a run that another one has taken over', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  const { id } = (await clocked.view(1)).run!;
  const other = clocked.store.engines.insert({ pid: 1, pidStart: '1', boot: 'elsewhere', kind: 'cli', roots: [], runsTasks: true, hasTerminals: false }, clocked.clock.now());
  clocked.store.runs.setEngine(id, other);
  await clocked.exit(0, 0);
  const { task, run } = await clocked.view(1);
  assert.deepEqual([task.state.status, run?.endedAt, run?.exitCode], ['running', undefined, undefined]);
});

test('a task for later starts when its time comes, to the moment, though nobody asks', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const at = clocked.clock.now() + 60 * TEN;
  await clocked.submit({ startAt: new Date(at).toISOString() });
  await clocked.advance(at - clocked.clock.now() - 1);
  const [process] = clocked.processes;
  assert.ok(process === undefined || (await clocked.view(1)).run!.claimedAt >= at);
  await clocked.advance(100);
  assert.equal(clocked.processes.length, 1);
  const { claimedAt } = (await clocked.view(1)).run!;
  assert.ok(claimedAt >= at && claimedAt <= at + 5, String(claimedAt - at));
});

test('an interactive task that no terminal starts in half a minute goes back to the queue, and a terminal that comes too late starts nothing', async (t) => {
  const clocked = await ClockedEngine.open(t, { hasTerminals: true });
  await clocked.submit({ interactive: true });
  const { folder } = (await clocked.view(1)).run!;
  await clocked.advance(29 * SECOND);
  assert.deepEqual([clocked.terminals.length, (await clocked.state(1)).status], [1, 'starting']);
  await clocked.advance(2 * SECOND);
  assert.deepEqual([clocked.terminals.length, (await clocked.view(1)).task.attempts], [2, 1], 'it asks again, and the first try does not count');
  assert.equal(fs.readFileSync(path.join(folder, 'ticket'), 'utf8'), 'void');
});

test('an interactive task has half a minute to be started, whatever the clock is set to meanwhile', async (t) => {
  const clocked = await ClockedEngine.open(t, { hasTerminals: true });
  await clocked.submit({ interactive: true });
  clocked.clock.leap(3600 * SECOND);
  await clocked.advance(10 * SECOND);
  assert.equal(clocked.terminals.length, 1);
  clocked.clock.setBack(7200 * SECOND);
  await clocked.advance(21 * SECOND);
  assert.equal(clocked.terminals.length, 2);
});

test('a task that goes back to the queue has waited since it was ready, whatever its priority was changed to meanwhile', async (t) => {
  const clocked = await ClockedEngine.open(t, { hasTerminals: true });
  const pause = (paused: boolean): Promise<void> => clocked.engine.settings.setPaused([clocked.lab], paused);
  const readyAt = clocked.clock.now();
  await pause(true);
  const ids = await clocked.submit({ interactive: true }, { interactive: true });
  await clocked.advance(5 * SECOND);
  await pause(false);
  await clocked.settle();
  assert.equal(clocked.terminals.length, 2);
  await clocked.order((tasks) => tasks.setPriority([ids[0]!], 1));
  await clocked.order((tasks) => tasks.setPriority([ids[1]!], 9));
  await pause(true);
  await clocked.advance(31 * SECOND);
  for (const id of ids) assert.deepEqual(await clocked.state(id), { status: 'queued', held: false, readyAt });
});

test('a run of a terminal is watched to its end', async (t) => {
  const clocked = await ClockedEngine.open(t, { hasTerminals: true });
  await clocked.submit({ interactive: true });
  const { folder } = (await clocked.view(1)).run!;
  clocked.table.add(7000, { start: '70' });
  fs.writeFileSync(path.join(folder, 'pid'), '7000 70\n');
  fs.writeFileSync(path.join(folder, 'ticket'), '');
  await clocked.advance(500);
  assert.equal((await clocked.state(1)).status, 'running');
  fs.writeFileSync(path.join(folder, 'result'), '0m0.0s 0m0.0s\n0m0.0s 0m0.0s\nexit 3\n');
  await clocked.advance(500);
  assert.deepEqual(await clocked.outcome(1), { type: 'failed', reason: 'exit', code: 3 });
});

test('a run records what its shim told: exit code and CPU times', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  await clocked.advance(3 * SECOND);
  await clocked.exit(0, 137);
  const { exitCode, signal, userMs, systemMs, startedAt, endedAt } = (await clocked.view(1)).run!;
  assert.deepEqual({ exitCode, signal, userMs, systemMs }, { exitCode: 137, signal: 'SIGKILL', userMs: 1500, systemMs: 500 });
  assert.ok(endedAt! - startedAt! >= 3 * SECOND && endedAt! - startedAt! < 4 * SECOND);
});

test('a run whose start and end are heard of late has its true times', async (t) => {
  const clocked = await ClockedEngine.open(t);
  clocked.hearsLateMs = 5 * SECOND;
  const [id] = await clocked.submit({});
  await clocked.advance(2 * SECOND);
  await clocked.exit(0, 0);
  await clocked.advance(4 * SECOND);
  const { startedAt, endedAt } = (await clocked.view(id!)).run!;
  assert.deepEqual(await clocked.outcome(id!), { type: 'succeeded' });
  assert.ok(endedAt! - startedAt! >= 2 * SECOND && endedAt! - startedAt! < 3 * SECOND);
});

test('a shim that vanishes leaves a lost run, and what is left of its tree is ended', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  const { pid, folder } = clocked.processes[0]!;
  clocked.table.add(9000, { group: pid, parent: 1 }).marks.set(9001, `PARALLEL_WORKFLOW_RUN=${folder}`);
  clocked.table.add(9001);
  clocked.processes[0]!.vanish();
  const outcome = await until('the end', async () => {
    await clocked.settle();
    return clocked.outcome(1);
  });
  assert.equal(outcome.type, 'lost');
  assert.deepEqual([9000, 9001].map((id) => clocked.table.processes.has(id)), [false, false]);
});

test('a shim that could not write its folder started nothing, though the folder takes no ticket of ours either', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  const { folder } = clocked.processes[0]!;
  fs.rmSync(folder, { recursive: true });
  fs.writeFileSync(folder, '');
  clocked.processes[0]!.vanish(75);
  await clocked.settle();
  assert.deepEqual(await clocked.outcome(1), { type: 'spawnFailed', message: `its folder ${folder} could not be written; is the disk full?` });
});

test('a system that does not answer makes no run pass for one that failed to start, or is lost', async (t) => {
  const first = await ClockedEngine.open(t);
  first.table.isSilent = true;
  await first.submit({}, {});
  assert.deepEqual([await first.state(1), await first.state(2)].map(({ status }) => status), ['running', 'running']);
  await first.engine.close();
  const second = await first.next(first.processes);
  second.table.isSilent = true;
  await second.advance(TEN);
  assert.deepEqual([await second.state(1), await second.state(2)].map(({ status }) => status), ['running', 'running']);
  second.table.isSilent = false;
  first.processes[0]!.exit(0);
  second.table.end(first.processes[1]!.pid);
  await second.advance(SECOND);
  assert.deepEqual([await second.outcome(1), (await second.outcome(2))?.type], [{ type: 'succeeded' }, 'lost']);
});

test('what is left of a run is ended once the system answers again, and only then is the run lost', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  const { pid } = clocked.processes[0]!;
  clocked.table.add(9000, { group: pid, parent: 1 });
  const list = clocked.table.list.bind(clocked.table);
  clocked.table.list = () => Promise.reject(new Error('ps took too long'));
  clocked.processes[0]!.vanish();
  await clocked.advance(SECOND);
  assert.equal((await clocked.state(1)).status, 'running');
  clocked.table.list = list;
  await until('the end', async () => {
    await clocked.advance(250);
    return clocked.outcome(1);
  });
  assert.deepEqual([(await clocked.outcome(1))?.type, clocked.table.processes.has(9000)], ['lost', false]);
});

test('a run whose end nobody tells of is found to have ended by what its shim wrote', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  const { folder } = clocked.processes[0]!;
  fs.writeFileSync(path.join(folder, 'result'), '0m0.0s 0m0.0s\n0m0.0s 0m0.0s\nexit 4\n');
  await clocked.advance(5 * SECOND);
  assert.deepEqual(await clocked.outcome(1), { type: 'failed', reason: 'exit', code: 4 });
});

test('a status that could be passed on but not written down counts', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  clocked.processes[0]!.vanish(3);
  await clocked.settle();
  assert.deepEqual(await clocked.outcome(1), { type: 'failed', reason: 'exit', code: 3 });
});

test('a cancelled run is cancelled, whatever its exit code, and not tried again', async (t) => {
  const clocked = await ClockedEngine.open(t);
  const [id] = await clocked.submit({ retries: 5, backoff: 0 });
  clocked.table.add(9000, { parent: clocked.processes[0]!.pid });
  clocked.table.onSignal = () => {
    clocked.table.end(9000);
    clocked.processes[0]!.exit(0);
  };
  await clocked.order((tasks) => tasks.cancel([id!]));
  assert.deepEqual(await clocked.outcome(1), { type: 'cancelled' });
  await clocked.advance(TEN);
  assert.equal(clocked.processes.length, 1);
});

test('what the store could not take is written a second later, as a whole', async (t) => {
  const clocked = await ClockedEngine.open(t);
  await clocked.submit({});
  const write = clocked.store.write.bind(clocked.store);
  let refused = 0;
  clocked.store.write = (act) => write(() => {
    const value = act();
    if (refused++ < 2) throw Object.assign(new Error('database is locked'), { errcode: 5 });
    return value;
  });
  await clocked.exit(0, 0);
  assert.notEqual((await clocked.state(1)).status, 'finished');
  await clocked.advance(1000);
  assert.notEqual((await clocked.state(1)).status, 'finished');
  await clocked.advance(1000);
  assert.deepEqual([await clocked.outcome(1), (await clocked.view(1)).run?.exitCode], [{ type: 'succeeded' }, 0]);
});

test('runs go on when their engine closes; the next one adopts them, and finds those that ended meanwhile', async (t) => {
  const first = await ClockedEngine.open(t);
  await first.submit({ timeout: '50s' }, {}, {});
  await first.engine.close();
  first.processes[1]!.exit(4);
  const second = await first.next([first.processes[0]!]);
  await second.advance(300);
  assert.deepEqual(await Promise.all([1, 2, 3].map(async (id) => {
    const state = await second.state(id);
    return state.status === 'finished' ? state.outcome : state.status;
  })), ['running', { type: 'failed', reason: 'exit', code: 4 }, { type: 'lost', message: 'its process ended without leaving a result' }]);
  assert.deepEqual(second.processes, [], 'nothing is started twice');
  first.processes[0]!.exit(0);
  second.table.end(first.processes[0]!.pid);
  await second.advance(300);
  assert.deepEqual(await second.outcome(1), { type: 'succeeded' });
});

test('the time of an adopted run goes on from its start, not from its adoption', async (t) => {
  const first = await ClockedEngine.open(t);
  await first.submit({ timeout: '50s' });
  await first.advance(4 * TEN);
  await first.engine.close();
  const second = await first.next(first.processes);
  second.table.add(9000, { parent: first.processes[0]!.pid });
  second.table.onSignal = (pid, signal) => {
    if (pid !== 9000 || signal !== 'SIGTERM') return;
    second.table.end(9000);
    second.table.end(first.processes[0]!.pid);
    first.processes[0]!.exit(143);
  };
  await second.advance(8 * SECOND);
  assert.equal((await second.state(1)).status, 'running');
  await second.advance(3 * SECOND);
  assert.deepEqual(await second.outcome(1), { type: 'timedOut', afterMs: 5 * TEN });
});

test('a run that was claimed and never started is queued again by the next engine, uncounted, and started once', async (t) => {
  const first = await ClockedEngine.open(t);
  await first.engine.settings.setPaused([first.lab], true);
  const [id] = await first.submit({});
  const folder = path.join(first.home, 'runs', 'never');
  first.store.write(() => {
    const task = first.store.tasks.get(id!)!;
    const run = first.store.runs.insert({ task: id!, type: 'utility', attempt: 1, engine: 1 as never, folder, boot: first.table.boot, position: 0, reservedCpu: 1, reservedMemory: 1 }, 1);
    first.store.tasks.setAttempts(id!, 1, 1);
    first.store.tasks.setState(task, { status: 'starting', run, claimedAt: 1 }, 1);
  });
  await first.engine.settings.setPaused([first.lab], false);
  await first.engine.close();
  const second = await first.next();
  assert.deepEqual([second.processes.length, (await second.view(1)).task.attempts, new RunFolder(folder).void()], [1, 1, true]);
  assert.notEqual(second.processes[0]!.folder, folder);
});
