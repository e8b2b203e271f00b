import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import type { TerminalRequest } from '../../../../src/core/engine/engine-port.ts';
import { taskId, type TaskId } from '../../../../src/core/model/ids.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/model/limits.ts';
import type { Run } from '../../../../src/core/model/run.ts';
import { linuxProcessTable } from '../../../../src/core/process/linux-process-table.ts';
import { RUN_MARK } from '../../../../src/core/process/process-table.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { outcomeOf, sh, TestEngine } from '../../../support/test-engine.ts';
import { until } from '../../../support/until.ts';

const canRunPython = spawnSync('python3', ['-c', '']).status === 0;
const noPython = canRunPython ? false : 'there is no Python';

const group = { concurrency: 3, timeout: 120_000, skip: process.platform === 'win32' ? 'the commands are for a POSIX shell' : false };

describe('the life of a task', group, () => {
  test('it runs, and leaves its output, its exit code, its times and what it used', async (t) => {
    const engine = await TestEngine.open(t);
    const detail = await engine.finish(sh('echo out; echo err >&2; i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; exit 3', { name: 'three', expect: { exitCode: 3 } }));
    const run = detail.run!;
    assert.deepEqual([outcomeOf(detail), run.exitCode, run.signal, run.attempt], [{ type: 'failed', reason: 'exit', code: 3 }, 3, undefined, 1]);
    assert.deepEqual([engine.stdout(detail), engine.stderr(detail)], ['out\n', 'err\n']);
    assert.ok(run.claimedAt <= run.startedAt! && run.startedAt! <= run.endedAt!);
    assert.ok(run.userMs! + run.systemMs! > 0);
    assert.deepEqual((await engine.port.status([])).counts, { running: 0, waiting: 0, scheduled: 0, finished: 1, failed: 0 }, 'it ended as expected');
  });

  test('it sees the variables of the product, a temporary folder of its own, and nothing of the host', async (t) => {
    process.env.VSCODE_TEST_LEAK = '1';
    t.after(() => delete process.env.VSCODE_TEST_LEAK);
    const engine = await TestEngine.open(t);
    const detail = await engine.finish(sh('env; echo x > "$TMPDIR/scratch"; pwd', { env: { OWN: 'two words' } }));
    const env = new Map(engine.stdout(detail).split('\n').map((line) => line.split('=') as [string, string]));
    assert.deepEqual(
      ['PARALLEL_WORKFLOW_TASK', 'PARALLEL_WORKFLOW_RUN', 'PARALLEL_WORKFLOW_OUTPUT', 'TMPDIR', 'PYTHONUNBUFFERED', 'FORCE_COLOR', 'OWN', 'VSCODE_TEST_LEAK'].map((name) => env.get(name)),
      ['1', detail.run!.folder, detail.run!.folder, path.join(detail.run!.folder, 'tmp'), '1', '1', 'two words', undefined],
    );
    assert.ok(engine.stdout(detail).endsWith(`${engine.workspace}\n`));
    assert.ok(fs.existsSync(path.join(detail.run!.folder, 'tmp', 'scratch')));
  });

  test('it is tried again after a failure, each time after twice the wait, as often as it said', async (t) => {
    const engine = await TestEngine.open(t);
    const detail = await engine.finish(sh('echo x >> tries; [ $(wc -l < tries) -ge 3 ]', { retries: 5, backoff: 0.1 }));
    assert.deepEqual([outcomeOf(detail), detail.runs.map(({ outcome }) => outcome?.type)], [{ type: 'succeeded' }, ['failed', 'failed', 'succeeded']]);
    const waits = detail.runs.slice(1).map((run, index) => run.claimedAt - detail.runs[index]!.endedAt!);
    assert.ok(waits[0]! >= 100 && waits[1]! >= 200, waits.join());
    const given = await engine.finish(sh('exit 1', { retries: 1, backoff: 0 }));
    assert.deepEqual([outcomeOf(given), given.runs.length], [{ type: 'failed', reason: 'exit', code: 1 }, 2]);
  });

  test('its cancelling is logged in one line', async (t) => {
    const engine = await TestEngine.open(t);
    const lines: string[] = [];
    const [id] = await engine.submit(sh('exec sleep 60', { name: 'sleeper' }));
    await engine.when(id!, 'running');
    engine.port.onDidLog(({ message }) => lines.push(message));
    await engine.port.cancel([id!]);
    await engine.ended(id!);
    // Its processes are looked after until they are seen to be gone.
    await engine.finish(sh('sleep 0.2'));
    assert.deepEqual(lines.filter((line) => line.startsWith('#1 sleeper: ')), ['#1 sleeper: cancelled']);
  });

  test('it is stopped when its time is over', async (t) => {
    const engine = await TestEngine.open(t);
    const detail = await engine.finish(sh('echo started; sleep 60', { timeout: 0.3 }));
    assert.deepEqual([outcomeOf(detail), engine.stdout(detail)], [{ type: 'timedOut', afterMs: 300 }, 'started\n']);
    const { startedAt, endedAt } = detail.run!;
    const lasted = endedAt! - startedAt!;
    assert.ok(lasted >= 300 && lasted < 20_000, `${lasted} ms`);
  });

  test('it is stopped when its tree uses more memory than it may', { skip: process.platform === 'linux' ? false : 'memory is read from /proc' }, async (t) => {
    const engine = await TestEngine.open(t);
    const grow = 'const kept = []; setInterval(() => kept.length < 80 && kept.push(Buffer.alloc(5e6, 1)), 5)';
    const detail = await engine.finish(sh(`"${process.execPath}" -e '${grow}'; true`, { memoryLimit: '150 MB' }));
    const outcome = outcomeOf(detail);
    assert.ok(outcome?.type === 'failed' && outcome.reason === 'memory-limit', JSON.stringify(outcome));
    assert.ok(outcome.limit === 150e6 && outcome.used > 150e6);
    assert.ok(detail.run!.peakMemory! >= outcome.used);
  });

  test('it is cancelled with all that it started', async (t) => {
    const engine = await TestEngine.open(t);
    const [id] = await engine.submit(sh('(setsid sleep 60 &); trap "" TERM; echo ready > ready; while :; do sleep 60; done'));
    const { run } = await engine.when(id!, 'running');
    await until('the command', () => fs.existsSync(path.join(engine.workspace, 'ready')));
    assert.deepEqual(await engine.port.cancel([id!]), { done: [id], refused: [] });
    const detail = await engine.ended(id!);
    assert.deepEqual([outcomeOf(detail), detail.run!.exitCode], [{ type: 'cancelled' }, 137]);
    if (process.platform === 'linux') assert.deepEqual(await linuxProcessTable.marked(RUN_MARK, run!.folder), []);
    assert.equal((await engine.port.cancel([id!])).refused[0]?.why, 'it has already finished');
  });

  test('it waits for those before it, and is skipped by name when one of them fails', async (t) => {
    const engine = await TestEngine.open(t);
    const [last, first, broken, never, after] = await engine.submit(
      sh('cat one', { id: 'two', after: ['one'] }),
      sh('echo made > one', { id: 'one' }),
      sh('exit 1', { id: 'broken', name: 'Mesh' }),
      sh('exit 0', { id: 'never', name: 'Never', after: ['one', 'broken'] }),
      sh('exit 0', { after: ['never'] }),
    );
    assert.equal(engine.stdout(await engine.ended(last!)), 'made\n');
    const details = await Promise.all([first, broken, never, after].map((id) => engine.ended(id!)));
    assert.deepEqual(details.map(outcomeOf), [
      { type: 'succeeded' },
      { type: 'failed', reason: 'exit', code: 1 },
      { type: 'skipped', reason: 'upstream', task: broken, name: 'Mesh' },
      { type: 'skipped', reason: 'upstream', task: never, name: 'Never' },
    ]);
    assert.equal(details[2]!.runs.length, 0);
  });

  test('retried, it takes along those that were skipped because of it', async (t) => {
    const engine = await TestEngine.open(t);
    const [first, second] = await engine.submit(sh('[ -e go ]', { id: 'a' }), sh('echo ran', { after: ['a'] }));
    await engine.ended(second!);
    engine.file('go', '');
    assert.deepEqual(await engine.port.retry([first!]), { done: [first, second], refused: [] });
    const detail = await engine.when(second!, 'finished', ({ task }) => task.attempts > 0);
    assert.deepEqual([outcomeOf(detail), (await engine.ended(first!)).runs.length], [{ type: 'succeeded' }, 2]);
  });

  test('it does not begin before its time', async (t) => {
    const engine = await TestEngine.open(t);
    const at = Date.now() + 400;
    const [id] = await engine.submit(sh('exit 0', { startAt: new Date(at).toISOString() }));
    assert.deepEqual((await engine.port.views([id!]))[0]?.wait, { type: 'schedule', until: at });
    assert.equal((await engine.port.query({ group: 'scheduled', roots: [engine.workspace], offset: 0, limit: 9 })).total, 1);
    const { run } = await engine.ended(id!);
    assert.ok(run!.claimedAt >= at && run!.claimedAt < at + 10_000);
  });
});

describe('what a task needs', group, () => {
  test('a program that is not there fails the task, or leaves it out where that is allowed', async (t) => {
    const engine = await TestEngine.open(t, { programs: { blender: '/no/such/blender' } });
    engine.file('scene.py', 'import bpy\n');
    const [failed, skipped, dependent] = await engine.submit({ script: 'scene.py', id: 'a' }, { script: 'scene.py', id: 'b', ifMissing: 'skip' }, sh('exit 0', { after: ['b'] }));
    const outcomes = (await Promise.all([failed, skipped, dependent].map((id) => engine.ended(id!)))).map(outcomeOf);
    assert.deepEqual(outcomes, [
      { type: 'spawnFailed', message: '/no/such/blender was not found. Correct the path, or leave it out to use the blender of the workspace or of the PATH.' },
      { type: 'skipped', reason: 'missing-program', program: '/no/such/blender' },
      { type: 'skipped', reason: 'missing-program', program: '/no/such/blender' },
    ]);
    assert.equal((await engine.port.status([])).counts.failed, 1);
  });

  test('a working folder that went away is told by its name', async (t) => {
    const engine = await TestEngine.open(t);
    await engine.port.setPaused([engine.workspace], true);
    fs.mkdirSync(path.join(engine.workspace, 'gone'));
    const [id] = await engine.submit(sh('exit 0', { cwd: 'gone' }));
    fs.rmdirSync(path.join(engine.workspace, 'gone'));
    await engine.port.setPaused([engine.workspace], false);
    const outcome = outcomeOf(await engine.ended(id!));
    assert.ok(outcome?.type === 'spawnFailed' && outcome.message.includes(path.join(engine.workspace, 'gone')), JSON.stringify(outcome));
  });

  test('a Python function leaves its result; one that is not there is told by name', { skip: noPython }, async (t) => {
    const engine = await TestEngine.open(t);
    engine.file('mesh.py', 'def volume(a, b=2):\n    print("computing")\n    return {"volume": a * b}\n');
    const [good, bad] = await engine.submit({ function: 'mesh.py:volume', arguments: { a: 21 } }, { function: 'mesh.py:volum' });
    const detail = await engine.ended(good!);
    assert.deepEqual([outcomeOf(detail), engine.stdout(detail)], [{ type: 'succeeded' }, 'computing\n']);
    assert.deepEqual(JSON.parse(fs.readFileSync(path.join(detail.run!.folder, 'result.json'), 'utf8')), { volume: 42 });
    const missing = await engine.ended(bad!);
    assert.deepEqual(outcomeOf(missing), { type: 'failed', reason: 'exit', code: 1 });
    assert.match(engine.stderr(missing), /There is no function 'volum' in .*mesh\.py/);
  });

  test('a JavaScript function leaves its result in the folder of its agent', async (t) => {
    const engine = await TestEngine.open(t);
    engine.file('mesh.mjs', 'export const volume = async ({ a }) => ({ volume: a * 2 });\n');
    const detail = await engine.finish({ function: 'mesh.mjs:volume', arguments: { a: 21 }, agent: 'AI_Agent_2', name: 'Volume' });
    assert.equal(engine.read(`agent_outputs/AI_Agent_2/Volume-${detail.task.id}.1/result.json`), '{"volume":42}\n');
  });

  test('the outputs of an agent come together: log, artifacts, a summary', async (t) => {
    const engine = await TestEngine.open(t);
    const detail = await engine.finish(sh('echo hello; mkdir -p out; echo 1 > out/a.csv; echo 2 > out/b.csv; echo own > "$PARALLEL_WORKFLOW_OUTPUT/own.txt"', { agent: 'AI_Agent_1', name: 'Sweep 1', artifacts: ['out/*.csv', 'none.bin'] }));
    const folder = path.join('agent_outputs', 'AI_Agent_1', `Sweep_1-${detail.task.id}.1`);
    assert.deepEqual(['stdout.log', 'out/a.csv', 'out/b.csv', 'own.txt'].map((name) => engine.read(path.join(folder, name))), ['hello\n', '1\n', '2\n', 'own\n']);
    const { outcome, exitCode, agent, attempt } = JSON.parse(engine.read(path.join(folder, 'result.json'))) as Record<string, unknown>;
    assert.deepEqual({ outcome, exitCode, agent, attempt }, { outcome: 'succeeded', exitCode: 0, agent: 'AI_Agent_1', attempt: 1 });
    await engine.port.close();
    assert.match(fs.readFileSync(path.join(engine.home, 'logs', 'parallel-workflow.log'), 'utf8'), /warn #1 Sweep 1: declared the artifact none\.bin, and nothing matches it/);
  });

  test('an interactive task waits for a terminal, runs in it, and leaves its exit code', async (t) => {
    const engine = await TestEngine.open(t, { hasTerminals: true });
    const requests: TerminalRequest[] = [];
    engine.port.onDidRequestTerminal((request) => requests.push(request));
    const [id] = await engine.submit(sh('read name; echo "hello $name"; exit 4', { interactive: true, name: 'Ask' }));
    await engine.when(id!, 'starting');
    await until('the request for a terminal', () => requests.length > 0);
    const [{ argv: [program, ...args], cwd, env, name }] = requests as [TerminalRequest];
    assert.deepEqual([name, cwd], ['Ask', engine.workspace]);
    const terminal = spawn(program!, args, { cwd, env: { ...env }, stdio: ['pipe', 'pipe', 'inherit'] });
    let printed = '';
    terminal.stdout.on('data', (chunk) => (printed += String(chunk)));
    await engine.when(id!, 'running');
    terminal.stdin.end('Ada\n');
    assert.deepEqual(outcomeOf(await engine.ended(id!)), { type: 'failed', reason: 'exit', code: 4 });
    assert.equal(printed, 'hello Ada\n');
  });
});

describe('the queue', group, () => {
  /** Numbers of tasks in the order in which their runs were claimed. */
  async function order(engine: TestEngine, ids: readonly TaskId[]): Promise<TaskId[]> {
    const details = await Promise.all(ids.map((id) => engine.ended(id)));
    return details.sort((a, b) => a.run!.claimedAt - b.run!.claimedAt || a.run!.id - b.run!.id).map(({ task }) => task.id);
  }

  test('goes by priority, also by one that was changed', async (t) => {
    const engine = await TestEngine.open(t);
    await engine.port.setLimits({ ...DEFAULT_LIMITS, total: 1 });
    await engine.port.setPaused([engine.workspace], true);
    const [low, normal, high, raised] = await engine.submit(...['low', 'normal', 'high', 9].map((priority) => sh('exit 0', { priority })));
    await engine.port.setPriority([raised!], 0);
    assert.deepEqual((await engine.port.views([low!]))[0]?.wait, { type: 'paused' });
    await engine.port.setPaused([engine.workspace], false);
    assert.deepEqual(await order(engine, [low!, normal!, high!, raised!]), [raised, high, normal, low]);
  });

  test('keeps a held task back until it is released', async (t) => {
    const engine = await TestEngine.open(t);
    await engine.port.setPaused([engine.workspace], true);
    const [held, other] = await engine.submit(sh('exit 0'), sh('exit 0'));
    await engine.port.hold([held!]);
    await engine.port.setPaused([engine.workspace], false);
    await engine.ended(other!);
    assert.deepEqual((await engine.port.views([held!]))[0]?.wait, { type: 'held' });
    await engine.port.release([held!]);
    assert.deepEqual(outcomeOf(await engine.ended(held!)), { type: 'succeeded' });
  });

  test('is kept to by limits and by claims on files', async (t) => {
    const engine = await TestEngine.open(t);
    await engine.port.setLimits({ ...DEFAULT_LIMITS, total: 3 });
    const ids = await engine.submit(
      ...Array.from({ length: 4 }, () => sh('sleep 0.05', { files: ['shared.json'] })),
      ...Array.from({ length: 6 }, () => sh('sleep 0.05', { type: 'simulation' })),
    );
    const details = await Promise.all(ids.map((id) => engine.ended(id)));
    const runs = details.map(({ run }) => run!);
    const atOnce = (some: readonly Run[]): number => Math.max(...some.map(({ claimedAt }) => some.filter((other) => other.claimedAt <= claimedAt && other.endedAt! > claimedAt).length));
    assert.deepEqual([atOnce(runs) <= 3, atOnce(runs.slice(0, 4)), atOnce(runs.slice(4)) <= 2], [true, 1, true]);
  });

  test('forgets finished tasks with their runs and logs, and no others', async (t) => {
    const engine = await TestEngine.open(t);
    const runs = (): string[] => fs.readdirSync(path.join(engine.home, 'runs'));
    const ids = await engine.submit(sh('exit 0'), sh('exit 0'), sh('exit 1'));
    await Promise.all(ids.map((id) => engine.ended(id)));
    const [waiting] = await engine.submit(sh('exit 0', { startAt: '2090-01-01T00:00:00Z' }));
    assert.equal(runs().length, 3);
    assert.equal(await engine.port.clearFinished([engine.workspace], [ids[0]!, waiting!, taskId(99)]), 1);
    assert.deepEqual([await engine.port.detail(ids[0]!), runs().length], [undefined, 2]);
    assert.equal(await engine.port.clearFinished(['/elsewhere']), 0);
    assert.equal(await engine.port.clearFinished([engine.workspace]), 2);
    assert.deepEqual([runs(), (await engine.port.status([])).counts], [[], { running: 0, waiting: 0, scheduled: 1, finished: 0, failed: 0 }]);
    assert.deepEqual((await engine.port.batches([engine.workspace], 9)).map(({ total }) => total), [1]);
  });

  test('takes all of a request or nothing, and says why', async (t) => {
    const engine = await TestEngine.open(t);
    await assert.rejects(engine.submit(sh('exit 0'), { script: 'none.py' }, sh('exit 0', { timout: 3 })), {
      message: `\`tasks[1].script\`: there is no file \`${path.join(engine.workspace, 'none.py')}\`\n\`tasks[2].timout\`: unknown field; did you mean \`timeout\`?`,
    });
    assert.deepEqual((await engine.port.status([])).counts, { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 });
  });

  test('of an engine that runs no tasks is shown and takes orders, and nothing starts', async (t) => {
    const engine = await TestEngine.open(t, { runsTasks: false });
    const [id] = await engine.submit(sh('exit 0'));
    assert.deepEqual((await engine.port.views([id!]))[0]?.wait, { type: 'engine' });
    assert.deepEqual((await engine.port.status([])).engines, []);
    assert.deepEqual(await engine.port.cancel([id!]), { done: [id], refused: [] });
  });
});

describe('an engine', group, () => {
  test('tells what changed, by number, and everything when tasks went away', async (t) => {
    const engine = await TestEngine.open(t);
    const seen = new Set<number>();
    let removed = false;
    engine.port.onDidChange(({ tasks }) => {
      if (tasks === undefined) removed = true;
      else for (const id of tasks) seen.add(id);
    });
    const detail = await engine.finish(sh('exit 0'));
    assert.deepEqual([[...seen], removed], [[detail.task.id], false]);
    const told = new Promise<void>((resolve) => engine.port.onDidChange(() => resolve()));
    await engine.port.clearFinished([engine.workspace]);
    await told;
    assert.equal(removed, true);
  });

  test('explains its decisions in the log, which holds none of the output', async (t) => {
    const engine = await TestEngine.open(t);
    const heard: string[] = [];
    engine.port.onDidLog(({ message }) => heard.push(message));
    await engine.finish(sh('echo secret-output; exit 2', { name: 'Mesh', cpu: 0.25, memory: 2 ** 25 }));
    await engine.port.close();
    const log = fs.readFileSync(path.join(engine.home, 'logs', 'parallel-workflow.log'), 'utf8');
    for (const part of ['Queued 1 tasks as batch 1 “test”', '#1 Mesh: claimed as run 1 (utility, 0.25 cores, 33554432 bytes)', '#1 Mesh: failed (exit 2)']) {
      assert.ok(log.includes(part) && heard.some((message) => message.includes(part)), `${part} is not in ${log}`);
    }
    assert.ok(!log.includes('secret-output'));
  });

  test('tells its state and that of the machine', async (t) => {
    const engine = await TestEngine.open(t);
    const status = await engine.port.status([engine.workspace]);
    assert.deepEqual({ ...status, limits: undefined }, {
      home: engine.home, counts: { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 }, paused: false, limits: undefined, storeNotice: undefined,
      engines: [{ pid: process.pid, kind: 'cli', roots: [engine.workspace], self: true, hasTerminals: false }],
    });
    const machine = await engine.port.machine();
    assert.ok(machine.cores >= 1 && machine.memory > 0 && machine.memory < 1 && machine.cpu >= 0 && machine.cpu <= 1);
  });

  test('that finds its store damaged says so, and works', async (t) => {
    const home = path.join(tempFolder(t), 'state');
    fs.mkdirSync(home);
    fs.writeFileSync(path.join(home, 'store.sqlite'), 'this is no store'.repeat(100));
    const engine = await TestEngine.open(t, { home });
    assert.match((await engine.port.status([])).storeNotice ?? '', /was damaged .* set aside as /);
    assert.deepEqual(outcomeOf(await engine.finish(sh('exit 0'))), { type: 'succeeded' });
  });

  test('that cannot use its state folder says which and what to do', async (t) => {
    const folder = tempFolder(t);
    fs.writeFileSync(path.join(folder, 'file'), '');
    await assert.rejects(TestEngine.open(t, { home: path.join(folder, 'file', 'state') }), { name: 'UserError', message: /^The state folder .*file\/state cannot be used: .*PARALLEL_WORKFLOW_HOME\.$/ });
  });

  test('can be closed twice, and at once after its start', async (t) => {
    const engine = await TestEngine.open(t);
    await engine.submit(sh('exit 0'));
    await Promise.all([engine.port.close(), engine.port.close()]);
    await engine.port.close();
  });

  test('leaves nothing behind when it is opened and closed again and again', async (t) => {
    const home = path.join(tempFolder(t), 'state');
    for (let n = 0; n < 8; n++) {
      const engine = await TestEngine.open(t, { home });
      await engine.port.close();
    }
    const descriptors = (): number => (process.platform === 'linux' ? fs.readdirSync('/proc/self/fd').length : 0);
    const before = descriptors();
    for (let n = 0; n < 8; n++) await (await TestEngine.open(t, { home })).port.close();
    assert.ok(descriptors() <= before + 4, `${before} descriptors became ${descriptors()}`);
    const engine = await TestEngine.open(t, { home });
    assert.equal((await engine.port.status([])).engines.length, 1);
  });
});
