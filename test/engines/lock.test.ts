import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import { DEFAULT_OPTIONS } from '../../src/core/engine/engine-options.ts';
import { openEngine } from '../../src/core/engine/open-engine.ts';
import { CLI, CliLab, lives, type Running } from '../support/engines/cli-lab.ts';
import { until } from '../support/until.ts';

const POSIX = { skip: process.platform === 'win32' };
/** Many processes on a busy machine. */
const PATIENCE_MS = 120_000;

interface Use {
  readonly path: string;
  readonly holders: readonly { readonly type: string; readonly id: number; readonly name?: string; readonly pid?: number; readonly mode: string }[];
  readonly waiters: readonly { readonly type: string; readonly name?: string }[];
}

class LockLab extends CliLab {
  constructor(t: TestContext) {
    super(t);
    // Says that it began, goes on until its gate is there, or the test is gone.
    this.write('wait-at.sh', 'echo $$ > "began-$1"; while [ ! -e "gate-$1" ] && [ -e ok.mjs ]; do sleep 0.02; done; echo "$1" >> order');
  }

  /** Locks files around a command that waits at a gate; resolves when it runs, with its pid. */
  async hold(gate: string, ...words: readonly string[]): Promise<{ readonly cli: Running; readonly pid: number }> {
    const cli = this.start('lock', ...words, '--', 'sh', 'wait-at.sh', gate);
    const pid = await until(`${gate} to begin`, () => this.read(`began-${gate}`) ?? (cli.complained().includes('error') && assert.fail(cli.complained())), PATIENCE_MS);
    return { cli, pid: Number(pid) };
  }

  open(gate: string): void {
    this.write(`gate-${gate}`, '');
  }

  read(name: string): string | undefined {
    const file = path.join(this.workspace, name);
    const text = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
    return text === '' ? undefined : text;
  }

  use(name: string): Promise<Use | undefined> {
    return this.json<readonly Use[]>('locks').then((uses) => uses.find((use) => use.path === path.join(this.workspace, name)));
  }

  /** Resolves when somebody waits for a file. */
  awaited(name: string): Promise<Use> {
    return until(`a waiter for ${name}`, async () => {
      const use = await this.use(name);
      return use !== undefined && use.waiters.length > 0 ? use : undefined;
    }, PATIENCE_MS);
  }
}

void test('the command has input, output and exit code to itself', POSIX, async (t) => {
  const lab = new LockLab(t);
  assert.deepEqual(await lab.run('lock', 'data.json', '--', 'sh', '-c', 'echo out; echo err >&2; exit 3'), { code: 3, signal: null, text: 'out\n', errors: 'err\n' });
  assert.deepEqual(await lab.run('lock', 'data.json', '--', 'sh', '-c', 'kill -KILL $$'), { code: 137, signal: null, text: '', errors: '' });
  const missing = await lab.run('lock', 'data.json', '--', 'no-such-program');
  assert.deepEqual(missing, { code: 127, signal: null, text: '', errors: 'error: There is no program `no-such-program`; install it, or give its path.\n' });
  assert.equal((await lab.run('lock', 'data.json', '--', './ok.mjs')).code, 126);
  assert.equal((await lab.run('locks')).text, `No file is in use in ${lab.workspace}.\n`);
});

void test('a signal is for the command, which may take its time', POSIX, async (t) => {
  const lab = new LockLab(t);
  lab.write('trap.sh', 'trap "echo asked; exit 5" TERM; echo began; while [ -e ok.mjs ]; do sleep 0.02; done');
  const cli = lab.start('lock', 'data.json', '--', 'sh', 'trap.sh');
  await until('the command to begin', () => cli.said() !== '');
  cli.kill('SIGTERM');
  assert.deepEqual(await cli.ended, { code: 5, signal: null, text: 'began\nasked\n', errors: '' });
});

void test('it waits for a task that holds the file, by another name of it, and a task waits for it', POSIX, async (t) => {
  const lab = new LockLab(t);
  const task = lab.start('run', '--file', 'data.json', '--name', 'Sweep', '--', 'sh', 'wait-at.sh', 'task');
  await until('the task to begin', () => lab.read('began-task'), PATIENCE_MS);
  const lock = lab.start('lock', '../lab/./data.json', '--', 'sh', 'wait-at.sh', 'lock');
  assert.deepEqual((await lab.awaited('data.json')).holders.map(({ type, name, mode }) => ({ type, name, mode })), [{ type: 'task', name: 'Sweep', mode: 'write' }]);
  await until('the line about it', () => lock.complained() !== '', PATIENCE_MS);
  assert.match(lock.complained(), /^waits for data\.json, held by “Sweep”( for .*)?\n$/);
  lab.open('task');
  assert.equal((await task.ended).code, 0);
  await until('the locked command to begin', () => lab.read('began-lock'), PATIENCE_MS);

  const next = lab.start('run', '--file', 'data.json', '--', 'sh', 'wait-at.sh', 'next');
  await lab.awaited('data.json');
  assert.match((await lab.run('list')).text, /for data\.json, held by “sh wait-at\.sh lock” \(process \d+\)/);
  lab.open('lock');
  lab.open('next');
  assert.deepEqual([(await lock.ended).code, (await next.ended).code], [0, 0]);
  assert.equal(lab.read('order'), 'task\nlock\nnext');
});

void test('when its time is up it names the holder and has not run the command', POSIX, async (t) => {
  const lab = new LockLab(t);
  const { cli } = await lab.hold('a', 'data', '--name', 'Nightly');
  for (const timeout of ['0', '50ms']) {
    const { code, text, errors } = await lab.run('lock', 'data/**/*.csv', '--timeout', timeout, '--', 'echo', 'ran');
    assert.deepEqual([code, text], [75, '']);
    assert.match(errors, /error: Gave up(?: after 50 ms)?: it waits for data, held by “Nightly” \(process \d+\).*\.\n$/);
  }
  const waiting = lab.start('lock', 'data/x', '--', 'echo', 'ran');
  await lab.awaited('data/x');
  waiting.kill('SIGINT');
  assert.deepEqual([(await waiting.ended).code, (await waiting.ended).text], [130, '']);
  assert.deepEqual((await lab.json<Use[]>('locks')).map(({ waiters }) => waiters), [[]]);
  lab.open('a');
  assert.equal((await cli.ended).code, 0);
});

void test('a command that outlives its killed lock keeps the files until it ends', POSIX, async (t) => {
  const lab = new LockLab(t);
  const { cli, pid } = await lab.hold('a', 'data.json');
  cli.kill('SIGKILL');
  await until('the lock to be gone', () => !lives(cli.pid));
  const next = lab.start('lock', 'data.json', '--', 'sh', 'wait-at.sh', 'b');
  const { holders } = await lab.awaited('data.json');
  assert.deepEqual([holders[0]?.pid, lives(pid), lab.read('began-b')], [pid, true, undefined]);
  lab.open('a');
  lab.open('b');
  assert.equal((await next.ended).code, 0);
  assert.equal(lab.read('order'), 'a\nb');
});

void test('a lock whose processes were all killed is given to the next', POSIX, async (t) => {
  const lab = new LockLab(t);
  const { cli, pid } = await lab.hold('a', 'data.json', 'other.json');
  const next = lab.start('lock', 'other.json', '--', 'echo', 'mine');
  await lab.awaited('other.json');
  cli.kill('SIGKILL');
  process.kill(pid, 'SIGKILL');
  const { code, text } = await next.ended;
  assert.deepEqual([code, text], [0, 'mine\n']);
});

void test('readers are there together, a writer is alone and gets its turn before later readers', POSIX, async (t) => {
  const lab = new LockLab(t);
  const first = await lab.hold('r1', 'data.json', '--read');
  const second = await lab.hold('r2', 'data.json', '--read');
  const writer = lab.start('lock', 'data.json', '--', 'sh', 'wait-at.sh', 'w');
  await lab.awaited('data.json');
  const late = lab.start('lock', 'data.json', '--read', '--', 'sh', 'wait-at.sh', 'r3');
  await until('two waiters', async () => (await lab.use('data.json'))?.waiters.length === 2, PATIENCE_MS);
  assert.deepEqual((await lab.use('data.json'))?.holders.map(({ mode }) => mode), ['read', 'read']);
  for (const gate of ['r1', 'r2', 'w', 'r3']) lab.open(gate);
  for (const { ended } of [first.cli, second.cli, writer, late]) assert.equal((await ended).code, 0);
  assert.deepEqual(lab.read('order')?.split('\n').slice(2), ['w', 'r3']);
});

void test('a writer waits for unsaved changes in an editor, a reader does not', POSIX, async (t) => {
  const lab = new LockLab(t);
  const window = await openEngine({ ...DEFAULT_OPTIONS, home: lab.env.PARALLEL_WORKFLOW_HOME!, kind: 'window', roots: [] });
  t.after(() => window.close());
  await window.setUnsaved([path.join(lab.workspace, 'data.json')]);
  assert.equal((await lab.run('lock', 'data.json', '--read', '--', 'true')).code, 0);
  const writer = lab.start('lock', 'data.json', '--', 'echo', 'mine');
  await until('the line about it', () => writer.complained() !== '', PATIENCE_MS);
  assert.equal(writer.complained(), 'waits for data.json, which has unsaved changes in an editor\n');
  assert.match((await lab.run('locks')).text, /^data\.json +write +unsaved changes +\d+ s +“echo mine” \(process \d+\)$/m);
  await window.setUnsaved([]);
  assert.deepEqual([(await writer.ended).code, writer.said()], [0, 'mine\n']);
});

void test('what runs inside a lock or a task does not wait for it again', POSIX, async (t) => {
  const lab = new LockLab(t);
  const inner = [process.execPath, CLI, 'lock', 'data/x.csv', '--', 'echo', 'inner'];
  assert.deepEqual(await lab.run('lock', 'data', '--', ...inner), { code: 0, signal: null, text: 'inner\n', errors: '' });
  assert.equal((await lab.run('run', '--file', 'data', '--', ...inner)).code, 0);
  assert.equal((await lab.run('log', '1')).text, 'inner\n');
  assert.equal((await lab.run('run', '--file', 'read:data', '--', ...inner)).code, 1);
  assert.match((await lab.run('log', '2', '--stderr')).text, /Task #2, which this runs in, only reads it, so that `.*x\.csv` would wait for itself;/);
});

void test('twenty commands that want two files in opposite order all end', POSIX, async (t) => {
  const lab = new LockLab(t);
  const ended = await Promise.all(Array.from({ length: 20 }, (_, index) => lab.run('-q', 'lock', ...(index % 2 === 0 ? ['a', 'b'] : ['b', 'a']), '--', 'sh', '-c', 'mkdir busy && rmdir busy')));
  assert.deepEqual(ended.map(({ code, errors }) => ({ code, errors })), ended.map(() => ({ code: 0, errors: '' })));
});

const WORKERS = 8;
const INCREMENTS = 200;
/** Reads, lets everybody else have a turn, writes back. */
const ADD_ONE = 'n=$(cat counter); sleep 0.01; echo $((n + 1)) > counter.$$; mv counter.$$ counter';

/** So many loops that add one to a counter, and what it came to. */
async function count(lab: LockLab, increments: number, addOne: () => Promise<unknown>): Promise<number> {
  lab.write('counter', '0\n');
  let left = increments;
  await Promise.all(Array.from({ length: WORKERS }, async () => {
    while (left-- > 0) await addOne();
  }));
  return Number(lab.read('counter'));
}

void test('two hundred increments of a counter under a lock are two hundred, and without one some are lost', POSIX, async (t) => {
  const lab = new LockLab(t);
  const unlocked = await count(lab, INCREMENTS, () => lab.shellRun(ADD_ONE));
  assert.ok(unlocked > 0 && unlocked < INCREMENTS, `${unlocked} of ${INCREMENTS} without locks`);
  const locked = await count(lab, INCREMENTS, async () => assert.equal((await lab.run('-q', 'lock', 'counter', '--', 'sh', '-c', ADD_ONE)).code, 0));
  assert.equal(locked, INCREMENTS);
  t.diagnostic(`${unlocked} of ${INCREMENTS} without locks, ${locked} with`);
});
