import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { EngineHandle } from '../support/engines/engine-handle.ts';
import { EngineHome } from '../support/engines/engine-home.ts';
import { isAlive } from '../support/engines/marked-processes.ts';
import { until } from '../support/until.ts';

const OTHER_BOOT = 'a boot before this one';

function homeOf(context: TestContext): EngineHome {
  const home = new EngineHome();
  context.after(() => home.dispose());
  return home;
}

/** A command with a child, and a grandchild that left parent and group; all of them wait at a gate that nobody opens. */
function treeCommand(gate: string): readonly string[] {
  const leave = `(setsid sh -c 'echo gone-off; read -r line < "$0"' "${gate}" &)`;
  return ['/bin/sh', '-c', `${leave}; sh -c 'echo child; read -r line < "$0"' "${gate}" & echo parent; wait`];
}

async function startTree(home: EngineHome, engine: EngineHandle, options: object = {}) {
  const gate = home.gate('tree');
  const [task] = await home.submit(engine, [{ command: treeCommand(gate.path), name: 'tree', ...options }]);
  const run = await until('a whole tree', () => {
    const row = home.store.runsOf(task!)[0];
    if (row === undefined || row.pid === null) return undefined;
    const output = fs.existsSync(`${row.folder}/stdout`) ? fs.readFileSync(`${row.folder}/stdout`, 'utf8') : '';
    return output.trim().split('\n').length === 3 && { ...row, pid: row.pid };
  });
  return { task: task!, run };
}

/** As a power cut would: the engine, the shim and all below it are gone at once, and the store says that another boot ran them. */
async function cutPower(home: EngineHome, engine: EngineHandle): Promise<void> {
  await engine.kill();
  await until('an end of everything', () => {
    for (const { pid } of home.strangers()) process.kill(pid, 'SIGKILL');
    return home.strangers().length === 0;
  });
  home.store.alter('UPDATE runs SET boot = ? WHERE ended_at IS NULL', OTHER_BOOT);
  home.store.alter('UPDATE engines SET boot = ?, heartbeat_at = 0', OTHER_BOOT);
}

test('a run whose shim was killed is lost, and what was left of its tree is ended', async (context) => {
  const home = homeOf(context);
  const engine = await home.open();
  const { task, run } = await startTree(home, engine);
  assert.equal(home.strangers().length, 4);
  process.kill(run.pid, 'SIGKILL');
  const [outcome] = await home.outcomes([task]);
  assert.equal(outcome?.type, 'lost');
  assert.deepEqual(await home.orphans(), []);
});

test('so it is under an engine that took the run over', async (context) => {
  const home = homeOf(context);
  const first = await home.open();
  const second = await home.open();
  const { task, run } = await startTree(home, first);
  // Either of them may have been the one to start it.
  const [holder, other] = home.store.leases().find((lease) => lease.id === run.engine)?.pid === first.pid ? [first, second] : [second, first];
  await holder.kill();
  await until('the other engine looks after it', () => home.store.leases().find((lease) => lease.id === home.store.run(run.id)!.engine)?.pid === other.pid);
  assert.equal(isAlive(run.pid), true);
  process.kill(run.pid, 'SIGKILL');
  const [outcome] = await home.outcomes([task]);
  assert.equal(outcome?.type, 'lost');
  assert.deepEqual(await home.orphans(), []);
});

test('a lost run is tried again if the task has retries', async (context) => {
  const home = homeOf(context);
  const engine = await home.open();
  const gate = home.gate('retry');
  const [task] = await home.submit(engine, [{ command: home.journal.command('again', { how: gate.path }), retries: 1, backoff: 0.05 }]);
  const run = await until('a start', () => home.journal.starts('again') === 1 && home.store.runsOf(task!).find(({ pid }) => pid !== null));
  process.kill(run.pid!, 'SIGKILL');
  await until('a second start', () => home.journal.starts('again') === 2);
  gate.open();
  assert.deepEqual(await home.outcomes([task!]), [{ type: 'succeeded' }]);
  assert.deepEqual(home.store.runsOf(task!).map(({ attempt }) => attempt), [1, 2]);
  assert.deepEqual(await home.orphans(), []);
});

test('after a restart of the machine a run without a result is lost, and a process that now has its pid is left alone', async (context) => {
  const home = homeOf(context);
  const engine = await home.open();
  const { task, run } = await startTree(home, engine);
  const innocent = spawn('/bin/sh', ['-c', 'read -r line'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  context.after(() => innocent.kill('SIGKILL'));
  await once(innocent, 'spawn');
  await cutPower(home, engine);
  fs.writeFileSync(path.join(run.folder, 'pid'), `${innocent.pid} \n`);
  home.store.alter('UPDATE runs SET pid = ?, pid_start = NULL WHERE id = ?', innocent.pid!, run.id);

  await home.open();
  const [outcome] = await home.outcomes([task]);
  assert.equal(outcome?.type, 'lost');
  assert.match(outcome.message, /restarted/);
  assert.equal(isAlive(innocent.pid!), true);
});

test('after a restart of the machine a claimed run that was never started is queued again and runs once', async (context) => {
  const home = homeOf(context);
  await (await home.open({ runsTasks: false })).kill();
  const engine = await home.open({ interruption: { step: 'claim', nth: 1, signal: 'SIGKILL' } });
  const submitted = home.submit(engine, [{ command: home.journal.command('later'), name: 'later' }]).catch(() => undefined);
  await engine.ended;
  await submitted;
  await cutPower(home, engine);
  assert.equal(home.store.count('SELECT count(*) FROM runs WHERE pid IS NULL AND boot = ?', OTHER_BOOT), 1);

  await home.open();
  await until('an end', () => home.store.unfinished() === 0);
  assert.deepEqual(home.store.tasks().map(({ attempts, outcome }) => ({ attempts, outcome })), [{ attempts: 1, outcome: { type: 'succeeded' } }]);
  assert.equal(home.journal.starts('later'), 1);
});

test('after a restart of the machine a run that had ended with nobody there has its true outcome', async (context) => {
  const home = homeOf(context);
  const engine = await home.open();
  const gate = home.gate('alone');
  const [task] = await home.submit(engine, [{ command: home.journal.command('alone', { how: gate.path, exitCode: 42 }) }]);
  const run = await until('a start', () => home.journal.starts('alone') === 1 && home.store.runsOf(task!).find(({ pid }) => pid !== null));
  await engine.kill();
  gate.open();
  await until('a result', () => fs.existsSync(path.join(run.folder, 'result')) && home.strangers().length === 0);
  await cutPower(home, engine);

  await home.open();
  assert.deepEqual(await home.outcomes([task!]), [{ type: 'failed', reason: 'exit', code: 42 }]);
  assert.equal(home.journal.starts('alone'), 1);
});

test('runs go on when their engine closes, and the next engine records how they ended', async (context) => {
  const home = homeOf(context);
  const engine = await home.open();
  const gate = home.gate('close');
  const tasks = await home.submit(engine, [1, 2].map((number) => ({ command: home.journal.command(`close.${number}`, { how: gate.path, exitCode: number - 1 }) })));
  await until('a start', () => home.journal.starts('close.1') + home.journal.starts('close.2') === 2);
  await engine.call('close');
  assert.deepEqual(home.store.leases(), []);
  gate.open();
  await until('an end of one of them', () => home.journal.hasEnded('close.1') || home.journal.hasEnded('close.2'));

  await home.open();
  gate.open();
  assert.deepEqual(await home.outcomes(tasks), [{ type: 'succeeded' }, { type: 'failed', reason: 'exit', code: 1 }]);
  assert.equal(home.journal.entries().length, 4);
  assert.deepEqual(await home.orphans(), []);
});

test('a run that began and ended with nobody there has its true times', async (context) => {
  const home = homeOf(context);
  await (await home.open({ runsTasks: false })).kill();
  const engine = await home.open({ interruption: { step: 'spawned', nth: 1, signal: 'SIGKILL' } });
  const submitted = home.submit(engine, [{ command: home.journal.command('unseen') }]).catch(() => undefined);
  await engine.ended;
  await submitted;
  await until('an end', () => home.journal.hasEnded('unseen') && home.strangers().length === 0);
  const over = Date.now();

  await home.open();
  await until('the end is recorded', () => home.store.unfinished() === 0);
  const run = home.store.runs()[0]!;
  assert.ok(run.claimed_at <= run.started_at! && run.started_at! <= run.ended_at!, JSON.stringify(run));
  assert.ok(run.ended_at! <= over, `Expected an end by ${over}, got ${run.ended_at}`);
});
