import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { linuxProcessTable } from '../../../../src/core/process/linux-process-table.ts';
import { RunFolder } from '../../../../src/core/process/run-folder.ts';
import { nodeShim, shimFor, shShim, VOIDED_STATUS, type Shim } from '../../../../src/core/process/shim.ts';
import { spawnDetached } from '../../../../src/core/process/spawn-detached.ts';
import { inherited, ShimmedRun } from '../../../support/process/shimmed-run.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

/** The same program under another shell: `/bin/sh` is not the same everywhere. */
function under(...shell: readonly string[]): Shim {
  return { ...shShim, wrap: (...args) => [...shell, ...shShim.wrap(...args).slice(1)] };
}

const SHIMS: Readonly<Record<string, Shim | undefined>> = {
  sh: shShim,
  bash: fs.existsSync('/bin/bash') ? under('/bin/bash', '--posix') : undefined,
  node: nodeShim(process.execPath),
};

const AWKWARD = ['', ' ', 'two words', `it's "quoted"`, 'line\nbreak\n', '\ttab', '$HOME `id` $(id)', '*', '?[a]', '\\', '\\n', '-n', '--', '%s', 'äöü 漢字 🙂', ';&|<>!#~', '=', 'a=b'];
const PRINT_ARGUMENTS = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';

const STATUSES: readonly (readonly [script: string, status: number])[] = [
  ['exit 0', 0], ['exit 1', 1], ['exit 2', 2], [`exit ${VOIDED_STATUS}`, VOIDED_STATUS], ['exit 255', 255],
  ['kill -KILL $$', 137], ['kill -TERM $$', 143], ['kill -SEGV $$', 139], ['kill -INT $$', 130], ['kill -HUP $$', 129],
];

for (const [name, shim] of Object.entries(SHIMS)) {
  describe(`the shim in ${name}`, { concurrency: 4, timeout: 60_000, skip: shim === undefined ? `${name} is not there` : false }, () => {
    if (shim === undefined) return;

    // The other shells and Node are slower to start, and have the rest in common.
    for (const [script, status] of name === 'sh' ? STATUSES : STATUSES.filter((_, index) => index % 2 === 0)) {
      test(`records ${status} for \`${script}\`, and passes it on`, async (t) => {
        const run = await ShimmedRun.start(t, ['/bin/sh', '-c', script], shim);
        assert.equal(await run.ended, status);
        assert.equal(run.folder.readResult()?.code, status);
      });
    }

    test('records 127 for a program that is not there, and says so on stderr', async (t) => {
      const run = await ShimmedRun.finish(t, ['/no/such/program'], shim);
      assert.equal(run.folder.readResult()?.code, 127);
      assert.match(run.stderr, /\/no\/such\/program/);
    });

    test('records 126 for a file that cannot be executed', async (t) => {
      const file = path.join(tempFolder(t), 'plain');
      fs.writeFileSync(file, 'no program', { mode: 0o600 });
      assert.equal((await ShimmedRun.finish(t, [file], shim)).folder.readResult()?.code, 126);
    });

    test('hands on arguments exactly as they are', async (t) => {
      const run = await ShimmedRun.finish(t, [process.execPath, '-e', PRINT_ARGUMENTS, '--', ...AWKWARD], shim);
      assert.deepEqual(JSON.parse(run.stdout), AWKWARD);
    });

    test('keeps stdout and stderr apart, as bytes, whatever they are', async (t) => {
      const run = await ShimmedRun.finish(t, ['/bin/sh', '-c', String.raw`printf 'a\000\377\r\nb'; printf 'oops' >&2`], shim);
      assert.deepEqual(fs.readFileSync(run.folder.stdout), Buffer.from('a\0\xff\r\nb', 'latin1'));
      assert.equal(run.stderr, 'oops');
    });

    test('has both files there before the command prints anything', async (t) => {
      const run = await ShimmedRun.finish(t, ['/bin/sh', '-c', 'exit 0'], shim);
      assert.deepEqual([run.stdout, run.stderr], ['', '']);
    });

    test('gives the command nothing to read', async (t) => {
      const run = await ShimmedRun.finish(t, ['/bin/sh', '-c', 'read x; echo "<$x>"'], shim);
      assert.equal(run.stdout, '<>\n');
    });

    test('says who it is before the command starts', async (t) => {
      const parent = tempFolder(t);
      const run = await ShimmedRun.start(t, ['/bin/sh', '-c', `cat "$PARALLEL_WORKFLOW_RUN/pid"; echo ready; exec sleep 60`], shim, parent);
      await run.printed('ready');
      const record = run.folder.readPid()!;
      assert.equal(record.pid, run.pid);
      assert.ok(run.stdout.startsWith(`${run.pid} `));
      if (name !== 'node' && process.platform === 'linux') assert.equal(record.start, await linuxProcessTable.startOf(run.pid));
      assert.equal(run.folder.readResult(), undefined);
    });

    test('outlives what ends its group, and records it', async (t) => {
      const run = await ShimmedRun.start(t, ['/bin/sh', '-c', 'echo ready; exec sleep 60'], shim);
      await run.printed('ready');
      process.kill(-run.pid, 'SIGTERM');
      assert.equal(await run.ended, 143);
      assert.equal(run.folder.readResult()?.code, 143);
    });

    test('goes on when only it is asked to end', async (t) => {
      const run = await ShimmedRun.start(t, ['/bin/sh', '-c', 'echo ready; until [ -e go ]; do sleep 0.01; done; exit 4'], shim);
      await run.printed('ready');
      for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.kill(run.pid, signal);
      fs.writeFileSync(path.join(run.folder.path, '..', 'go'), '');
      await run.ended;
      assert.equal(run.folder.readResult()?.code, 4);
    });

    test('lets the command see signals as they usually are', async (t) => {
      const run = await ShimmedRun.start(t, ['/bin/sh', '-c', 'trap "echo asked; exit 9" TERM; echo ready; while :; do sleep 0.01; done'], shim);
      await run.printed('ready');
      process.kill(-run.pid, 'SIGTERM');
      await run.ended;
      assert.deepEqual([run.stdout, run.folder.readResult()?.code], ['ready\nasked\n', 9]);
    });

    test('leaves the terminal to an interactive command', async (t) => {
      const folder = new RunFolder(path.join(tempFolder(t), 'run'));
      folder.create();
      const [file = '', ...args] = shim.wrap(folder.path, ['/bin/sh', '-c', 'read name; echo "hello $name"; echo bye >&2; exit 5'], true);
      const child = spawn(file, args, { stdio: 'pipe' });
      child.stdin.end('Ada\n');
      assert.deepEqual(await Promise.all([text(child.stdout), text(child.stderr)]), ['hello Ada\n', 'bye\n']);
      assert.equal((await until('the result', () => folder.readResult())).code, 5);
      assert.deepEqual([fs.existsSync(folder.stdout), fs.existsSync(folder.stderr)], [false, false]);
    });

    test('starts nothing when its ticket was voided', async (t) => {
      const folder = new RunFolder(path.join(tempFolder(t), 'run'));
      folder.void();
      const witness = path.join(folder.path, 'ran');
      const { ended } = await spawnDetached(shim.wrap(folder.path, ['/bin/sh', '-c', `: > '${witness}'`], false), { cwd: '/', env: inherited() });
      assert.equal(await ended, VOIDED_STATUS);
      assert.deepEqual([fs.existsSync(witness), folder.readResult(), folder.void()], [false, undefined, true]);
    });

    test('starts nothing a second time', async (t) => {
      const run = await ShimmedRun.finish(t, ['/bin/sh', '-c', 'echo once >> count'], shim);
      const again = await spawnDetached(shim.wrap(run.folder.path, ['/bin/sh', '-c', 'echo twice >> count'], false), { cwd: path.dirname(run.folder.path), env: inherited() });
      assert.equal(await again.ended, VOIDED_STATUS);
      assert.equal(fs.readFileSync(path.join(run.folder.path, '..', 'count'), 'utf8'), 'once\n');
      assert.equal(run.folder.readPid()?.pid, run.pid);
    });

    test('starts nothing in a folder that is gone', async (t) => {
      const { ended } = await spawnDetached(shim.wrap(path.join(tempFolder(t), 'gone'), ['/bin/true'], false), { cwd: '/', env: inherited() });
      assert.equal(await ended, VOIDED_STATUS);
    });

    test('measures the CPU time of the command and of its children', { skip: name === 'node' ? 'it cannot' : false }, async (t) => {
      const burn = 'const end = process.cpuUsage().user + 150000; while (process.cpuUsage().user < end);';
      const run = await ShimmedRun.finish(t, ['/bin/sh', '-c', `"$0" -e "$1"; true`, process.execPath, burn], shim);
      const { userMs, systemMs } = run.folder.readResult()!;
      assert.ok(userMs >= 140 && userMs < 5000, `user ${userMs}`);
      assert.ok(systemMs >= 0 && systemMs < 5000, `system ${systemMs}`);
    });
  });
}

test('Windows gets the shim in Node, everybody else the one in sh', () => {
  assert.deepEqual(shimFor('win32', 'C:\\node.exe').wrap('C:\\run', ['a'], true).slice(0, 2), ['C:\\node.exe', '-e']);
  for (const platform of ['linux', 'darwin', 'freebsd'] as const) assert.equal(shimFor(platform, '/node').wrap('/run', ['a'], false)[0], '/bin/sh');
});

test('a Node that is Electron is told to be Node, which the command is told only if it runs by the same', async (t) => {
  const shim = nodeShim(process.execPath);
  assert.deepEqual([shim.env, shShim.env], [{ ELECTRON_RUN_AS_NODE: '1' }, {}]);
  const seen = async (argv: readonly string[]): Promise<string> => {
    const folder = new RunFolder(path.join(tempFolder(t), 'run'));
    folder.create();
    await (await spawnDetached(shim.wrap(folder.path, argv, false), { cwd: '/', env: { ...inherited(), ...shim.env } })).ended;
    return fs.readFileSync(folder.stdout, 'utf8');
  };
  assert.equal(await seen(['/bin/sh', '-c', 'echo "<$ELECTRON_RUN_AS_NODE>"']), '<>\n');
  assert.equal(await seen([process.execPath, '-p', 'process.env.ELECTRON_RUN_AS_NODE']), '1\n');
});

test('a program that cannot be started at all is an error, not a run', async () => {
  await assert.rejects(spawnDetached(['/no/such/program'], { cwd: '/', env: {} }), { code: 'ENOENT' });
  await assert.rejects(spawnDetached(['/bin/true'], { cwd: '/no/such/folder', env: {} }), { code: 'ENOENT' });
});

test('a started program leads a group of its own, and a signal that ends it is no status', async (t) => {
  const { pid, ended } = await spawnDetached(['/bin/sh', '-c', 'exec sleep 60'], { cwd: '/', env: inherited() });
  t.after(() => linuxProcessTable.signal(pid, 'SIGKILL'));
  const info = (await linuxProcessTable.list()).find((other) => other.pid === pid)!;
  assert.deepEqual([info.group, info.parent], [pid, process.pid]);
  process.kill(-pid, 'SIGKILL');
  assert.equal(await ended, undefined);
});
