import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test, type TestContext } from 'node:test';
import type { FileUse, FileUser, Holder } from '../../../src/core/engine/engine-port.ts';
import { pathKey } from '../../../src/core/locks/path-key.ts';
import type { ClaimMode } from '../../../src/core/model/files/claim.ts';
import { holdId, taskId } from '../../../src/core/model/ids.ts';
import { FakeEngine } from '../../support/fake-engine.ts';
import { FakeWorld } from '../../support/fake-world.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';
import { ManualClock, settled } from '../views/manual-clock.ts';

const SWEEP: Holder = { type: 'task', id: taskId(3), name: 'Sweep 3' };

function lab(t: TestContext) {
  const engine = new FakeEngine();
  const world = new FakeWorld(engine);
  const clock = new ManualClock(1_000_000);
  world.clock = clock;
  world.cwd = tempFolder(t);
  mkdirSync(path.join(world.cwd, '.git'));
  const file = (name: string): string => path.join(world.cwd, name);
  /** The command line waits for `data.json`. */
  const busy = (holder = SWEEP): void => {
    engine.holdObstacle = { path: file('data.json'), holder, waiting: false, since: 958_000 };
  };
  const started = () => until('the command', () => world.commands.at(-1));
  return { engine, world, clock, file, busy, started, requests: () => [...engine.holds.values()].map(({ request }) => request) };
}

function use(file: string, holders: readonly (readonly [holder: Holder, mode: ClaimMode])[], more: Partial<FileUse> = {}): FileUse {
  const users = holders.map(([holder, mode]): FileUser => ({ holder, mode, since: 958_000, own: false }));
  return { path: file, key: pathKey(file), glob: '', holders: users, waiters: [], waiting: 0, ...more };
}

void test('a command runs while its files are held, under its own process, and its exit code is passed on', async (t) => {
  const { engine, world, started, requests, file } = lab(t);
  const code = world.run('lock', 'data.json', '../other', 'raw/**', '--', '/usr/bin/make', 'all', '-j', '--read');
  const command = await started();
  await settled();
  assert.deepEqual(requests(), [{ name: 'make all -j', pid: command.pid, claims: [{ path: file('data.json'), mode: 'write' }, { path: path.resolve(world.cwd, '../other'), mode: 'write' }, { path: file('raw'), glob: '**', mode: 'write' }] }]);
  assert.deepEqual([command.argv, command.env.PARALLEL_WORKFLOW_HOLDS], [['/usr/bin/make', 'all', '-j', '--read'], '1']);
  command.end(7);
  assert.equal(await code, 7);
  assert.deepEqual([requests(), engine.closed, world.interrupts.size], [[], 1, 0]);
  assert.deepEqual(world.opened.map(({ roots, runsTasks }) => ({ roots, runsTasks })), [{ roots: [], runsTasks: true }]);
});

void test('the command begins only when the lock is in its own hands', async (t) => {
  const { engine, world, started } = lab(t);
  const seen: boolean[] = [];
  engine.setHoldProcess = () => {
    seen.push(world.commands[0]!.hasBegun);
    return Promise.resolve();
  };
  const code = world.run('lock', 'data.json', '--', 'true');
  const command = await started();
  await settled();
  assert.deepEqual([seen, command.hasBegun], [[false], true]);
  command.end(0);
  assert.equal(await code, 0);
});

void test('files are shared with --read, named with --name, and a file of that very name is meant before a glob', async (t) => {
  const { world, started, requests, file } = lab(t);
  writeFileSync(file('plan[1].txt'), '');
  const code = world.run('lock', 'plan[1].txt', 'plan[2].txt', '--read', '--name', 'Nightly', '--', 'true');
  (await started()).end(0);
  assert.deepEqual(requests().map(({ name, claims }) => ({ name, claims })), [{ name: 'Nightly', claims: [{ path: file('plan[1].txt'), mode: 'read' }, { path: world.cwd, glob: 'plan[2].txt', mode: 'read' }] }]);
  assert.equal(await code, 0);
});

void test('it says once whom it waits for, when that takes a while, and goes on when the files are free', async (t) => {
  const { engine, world, clock, busy, started } = lab(t);
  busy();
  const code = world.run('lock', 'data.json', '--', 'true');
  await until('a hold', () => engine.holds.size > 0);
  await clock.advance(200);
  assert.equal(world.output.errors, '');
  await clock.advance(100);
  await clock.advance(60_000);
  assert.equal(world.output.errors, 'waits for data.json, held by “Sweep 3” for 42 s\n');
  assert.equal(world.commands.length, 0);
  engine.grantHolds();
  (await started()).end(0);
  assert.equal(await code, 0);
});

void test('an editor is named as one, and with --quiet nothing is said', async (t) => {
  for (const [words, said] of [[['lock'], 'waits for data.json, which has unsaved changes in an editor\n'], [['-q', 'lock'], '']] as const) {
    const { engine, world, clock, busy, started } = lab(t);
    busy({ type: 'editor', id: holdId(9) });
    const code = world.run(...words, 'data.json', '--', 'true');
    await until('a hold', () => engine.holds.size > 0);
    await clock.advance(1000);
    engine.grantHolds();
    (await started()).end(0);
    assert.equal(await code, 0);
    assert.equal(world.output.errors, said);
  }
});

void test('it gives up when its time is over, names the holder and leaves the line', async (t) => {
  const { engine, world, clock, busy } = lab(t);
  busy();
  const code = world.run('lock', 'data.json', '-q', '--timeout', '5s', '--', 'true');
  await until('a hold', () => engine.holds.size > 0);
  await clock.advance(5000);
  assert.equal(await code, 75);
  assert.equal(world.output.errors, 'error: Gave up after 5.0 s: it waits for data.json, held by “Sweep 3” for 47 s.\n');
  world.output.errors = '';
  assert.equal(await world.run('lock', 'data.json', '--json', '--timeout', '0', '--', 'true'), 75);
  assert.match(world.output.errors, /^\{"error":\{"exitCode":75,"message":"Gave up: it waits for data\.json, held by “Sweep 3” .*"\}\}\n$/);
  assert.deepEqual([engine.holds.size, world.commands.length, clock.pending], [0, 0, 0]);
  assert.equal(await world.run('lock', 'data.json', '--timeout', '0', '--', 'true'), 75);
});

void test('Ctrl-C while it waits leaves the line', async (t) => {
  const { engine, world, busy } = lab(t);
  busy();
  const code = world.run('lock', 'data.json', '--', 'true');
  await until('a hold', () => engine.holds.size > 0);
  world.interrupts.fire('SIGINT');
  assert.equal(await code, 130);
  assert.deepEqual([engine.holds.size, world.commands.length], [0, 0]);
});

void test('signals are for the command, except a Ctrl-C that its terminal has sent it already', async (t) => {
  for (const [sharesTerminal, passed] of [[false, ['SIGTERM', 'SIGINT', 'SIGHUP']], [true, ['SIGTERM', 'SIGHUP']]] as const) {
    const { engine, world, started } = lab(t);
    world.sharesTerminal = sharesTerminal;
    const code = world.run('lock', 'data.json', '--', 'sleep', '60');
    const command = await started();
    await settled();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) world.interrupts.fire(signal);
    assert.equal(engine.holds.size, 1);
    command.end(143);
    assert.equal(await code, 143);
    assert.deepEqual([command.signals, engine.holds.size], [passed, 0]);
  }
});

void test('a command that cannot be started is told as shells do, and the lock is given back', async (t) => {
  const { engine, world } = lab(t);
  for (const [error, code, said] of [['ENOENT', 127, 'There is no program `nope`; install it, or give its path.'], ['EACCES', 126, '`nope` cannot be started: spawn failed.']] as const) {
    world.commandError = Object.assign(new Error('spawn failed'), { code: error });
    world.output.errors = '';
    assert.equal(await world.run('lock', 'data.json', '--', 'nope'), code);
    assert.deepEqual([world.output.errors, engine.holds.size], [`error: ${said}\n`, 0]);
    world.output.errors = '';
    await world.run('lock', 'data.json', '--json', '--', 'nope');
    assert.equal(world.output.errors, `${JSON.stringify({ error: { exitCode: code, message: said } })}\n`);
  }
});

void test('--hold tells a program in lines of JSON where it stands, and holds until its input comes or ends', async (t) => {
  const { engine, world, busy, file } = lab(t);
  busy();
  const code = world.run('lock', 'data.json', '--hold');
  const lines = (): unknown[] => world.output.text.trimEnd().split('\n').filter((line) => line !== '').map((line): unknown => JSON.parse(line));
  await until('a line', () => lines().length > 0);
  engine.grantHolds();
  await until('a second line', () => lines().length > 1);
  assert.equal(engine.holds.size, 1);
  world.input.fire();
  assert.equal(await code, 0);
  assert.equal(engine.holds.size, 0);
  assert.deepEqual(lines(), [
    { state: 'waiting', for: { path: file('data.json'), holder: SWEEP, waiting: false, since: '1970-01-01T00:15:58.000Z' }, text: 'waits for data.json, held by “Sweep 3” for 42 s' },
    { state: 'held', id: 1, files: [{ path: file('data.json'), mode: 'write' }] },
  ]);
});

void test('a program that goes away while it waits has failed, and holds nothing', async (t) => {
  const { engine, world, busy } = lab(t);
  busy();
  const code = world.run('lock', 'data.json', '--hold');
  await until('a hold', () => engine.holds.size > 0);
  world.input.fire();
  assert.equal(await code, 1);
  assert.equal(engine.holds.size, 0);
});

const OWN: Holder = { type: 'program', id: holdId(8), name: 'outer', pid: 1 };

void test('a lock that a person took away is told at the end', async (t) => {
  const { engine, world, started } = lab(t);
  const code = world.run('lock', 'data.json', '--', 'true');
  const command = await started();
  await settled();
  engine.holds.clear();
  command.end(0);
  assert.equal(await code, 0);
  assert.match(world.output.errors, /^warning: A person took the lock away meanwhile: others may have used the files\.\n$/);
});

void test('what the task or lock around it holds is not waited for', async (t) => {
  const { engine, world, started, requests, file } = lab(t);
  world.env = { ...world.env, PARALLEL_WORKFLOW_TASK: '3', PARALLEL_WORKFLOW_RUN: '/state/runs/3.1', PARALLEL_WORKFLOW_HOLDS: '8' };
  engine.use([use(file('data'), [[SWEEP, 'write']]), use(file('in.csv'), [[OWN, 'read']]), use(file('raw'), [[OWN, 'write']], { glob: '*.csv' }), use(file('other'), [[{ ...SWEEP, id: taskId(4) }, 'write']])]);
  let code = world.run('lock', 'data/a.json', 'raw/x.csv', '--', 'true');
  (await started()).end(0);
  assert.equal(await code, 0);
  assert.equal(requests().length, 0);

  code = world.run('lock', 'in.csv', 'other', '--read', '--', 'true');
  await until('the command', () => world.commands.length > 1);
  assert.deepEqual(requests().map(({ claims }) => claims), [[{ path: file('other'), mode: 'read' }]]);
  assert.equal(world.commands[1]!.env.PARALLEL_WORKFLOW_HOLDS, '8,1');
  world.commands[1]!.end(0);
  assert.equal(await code, 0);
});

void test('what would wait for itself is an error that says so', async (t) => {
  const { engine, world, file } = lab(t);
  world.env = { ...world.env, PARALLEL_WORKFLOW_TASK: '3', PARALLEL_WORKFLOW_RUN: '/state/runs/3.1' };
  engine.use([use(file('in.csv'), [[SWEEP, 'read']]), use(file('raw'), [[SWEEP, 'write']], { glob: '*.csv' })]);
  assert.equal(await world.run('lock', 'in.csv', '--', 'true'), 2);
  assert.equal(await world.run('lock', 'raw', '--', 'true'), 2);
  assert.equal(world.output.errors, [
    `error: Task #3, which this runs in, only reads it, so that \`${file('in.csv')}\` would wait for itself; claim as much there as is locked here.\n`,
    `error: Task #3, which this runs in, holds ${file('raw')}/*.csv, a part of it, so that \`${file('raw')}\` would wait for itself; claim as much there as is locked here.\n`,
  ].join(''));
  // A task of another state folder that has the same number is somebody else.
  world.env = { ...world.env, PARALLEL_WORKFLOW_RUN: '/elsewhere/runs/3.1' };
  const code = world.run('lock', 'in.csv', '--', 'true');
  (await until('the command', () => world.commands.at(-1))).end(0);
  assert.equal(await code, 0);
});

void test('locks leaves out a script that only its own tasks read, until somebody else wants it', async (t) => {
  const { engine, world, file } = lab(t);
  const uses = (waiters: readonly FileUser[]): void => {
    const script = use(file('sweep.py'), [[SWEEP, 'read']], { waiters, waiting: waiters.length });
    engine.use([{ ...script, holders: script.holders.map((holder) => ({ ...holder, isOwnScript: true })) }]);
  };
  uses([{ holder: { type: 'task', id: taskId(4), name: 'Sweep 4' }, mode: 'read', since: 990_000, own: false, isOwnScript: true }]);
  for (const words of [[], ['--quiet'], ['--json']]) await world.run('locks', ...words);
  assert.equal(world.output.text, `No file is in use in ${world.cwd}.\n[]\n`);
  uses([{ holder: { type: 'task', id: taskId(4), name: 'Format' }, mode: 'write', since: 990_000, own: false }]);
  world.output.text = '';
  await world.run('locks', '--quiet');
  assert.equal(world.output.text, 'sweep.py\n');
});

void test('locks shows files in use, relative to the workspace, with holders and waiters', async (t) => {
  const { engine, world, file } = lab(t);
  await world.run('locks');
  assert.equal(world.output.text, `No file is in use in ${world.cwd}.\n`);
  const waiter = (id: number): FileUser => ({ holder: { type: 'task', id: taskId(id), name: `Fit ${id}` }, mode: 'write', since: 990_000, own: false });
  engine.use([
    use(file('data.json'), [[SWEEP, 'read'], [{ ...OWN, pid: 77 }, 'read']], { waiters: [4, 5, 6, 7].map(waiter), waiting: 60 }),
    use(file('raw'), [[{ type: 'editor', id: holdId(2) }, 'write']], { glob: '**' }),
    use(file('next'), [], { waiters: [waiter(4)], waiting: 1 }),
  ]);
  world.output.text = '';
  await world.run('locks');
  assert.equal(world.output.text, [
    'file       mode   held by                          since  waiting',
    'data.json  read   “Sweep 3”, “outer” (process 77)   42 s  “Fit 4”, “Fit 5”, “Fit 6” and 57 more',
    'raw/**     write  unsaved changes                   42 s',
    'next              nobody yet                              “Fit 4”',
    '',
  ].join('\n'));
  world.output.text = '';
  await world.run('locks', '--json', '--all');
  const [first, second] = JSON.parse(world.output.text) as unknown[];
  assert.deepEqual(second, { path: file('raw'), glob: '**', holders: [{ type: 'editor', id: 2, mode: 'write', since: '1970-01-01T00:15:58.000Z' }], waiters: [], waiting: 0 });
  assert.deepEqual(first, {
    path: file('data.json'), glob: null, holders: [{ type: 'task', id: 3, name: 'Sweep 3', mode: 'read', since: '1970-01-01T00:15:58.000Z' }, { type: 'program', id: 8, name: 'outer', pid: 77, mode: 'read', since: '1970-01-01T00:15:58.000Z' }],
    waiters: [4, 5, 6, 7].map((id) => ({ type: 'task', id, name: `Fit ${id}`, mode: 'write', since: '1970-01-01T00:16:30.000Z' })), waiting: 60,
  });
  world.output.text = '';
  await world.run('locks', '--quiet');
  assert.equal(world.output.text, 'data.json\nraw/**\nnext\n');
});
