import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { pathFinder } from '../../../../src/core/launch/find-program.ts';
import { Launcher } from '../../../../src/core/process/launcher.ts';
import { linuxProcessTable } from '../../../../src/core/process/linux-process-table.ts';
import { RunFolder } from '../../../../src/core/process/run-folder.ts';
import { shShim } from '../../../../src/core/process/shim.ts';
import { spawnDetached, type Launched, type Spawn } from '../../../../src/core/process/spawn-detached.ts';
import { inherited } from '../../../support/process/shimmed-run.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const perl = process.platform === 'linux' ? pathFinder().find('perl') : undefined;
const noDirect: Spawn = () => Promise.reject(new Error('It was started directly'));
const AWKWARD = ['', ' ', `it's "quoted"`, 'line\nbreak\n', '$HOME `id` $(id)', '\\', '-n', '--', '%s', 'äöü 漢字 🙂 Łódź', ';&|<>!#~'];

function launcher(t: TestContext, direct: Spawn = noDirect, program = perl ?? 'perl'): Launcher {
  const made = new Launcher(program, direct, linuxProcessTable);
  t.after(() => made.dispose());
  return made;
}

/** Starts a shell script; killed when the test has ended. */
async function sh(t: TestContext, spawn: Spawn, script: string, ...args: readonly string[]): Promise<Launched> {
  const launched = await spawn(['/bin/sh', '-c', script, 'sh', ...args], { cwd: '/', env: inherited() });
  t.after(() => linuxProcessTable.signal(launched.pid, 'SIGKILL'));
  return launched;
}

async function infoOf(pid: number) {
  const info = (await linuxProcessTable.list()).find((other) => other.pid === pid);
  assert.ok(info, `process ${pid} is there`);
  return info;
}

function openFile(pid: number, fd: number | string): string {
  return fs.readlinkSync(`/proc/${pid}/fd/${fd}`);
}

/** Pid of the launcher that started a program. */
async function launcherOf(launched: Launched): Promise<number> {
  return (await infoOf(launched.pid)).parent;
}

describe('the launcher', { skip: perl === undefined ? 'there is no Linux with Perl' : false }, () => {
  test('hands on arguments, environment and folder exactly as they are', async (t) => {
    const folder = tempFolder(t);
    const env = { PATH: process.env.PATH!, EMPTY: '', TEXT: AWKWARD.join('|'), 'not-a-name': '1' };
    const print = `require('node:fs').writeFileSync('out', JSON.stringify([process.cwd(), process.env, process.argv.slice(1)]))`;
    const { ended } = await launcher(t).spawn([process.execPath, '-e', print, '--', ...AWKWARD], { cwd: folder, env });
    assert.equal(await ended, 0);
    assert.deepEqual(JSON.parse(fs.readFileSync(path.join(folder, 'out'), 'utf8')), [folder, env, AWKWARD]);
  });

  test('finds a program on the PATH of its environment', async (t) => {
    const { ended } = await launcher(t).spawn(['true'], { cwd: '/', env: inherited() });
    assert.equal(await ended, 0);
  });

  test('makes each program the leader of a session of its own, with all signals at their default and no pipe of ours', async (t) => {
    const { spawn } = launcher(t);
    const [first, second] = await Promise.all([sh(t, spawn, 'exec sleep 60'), sh(t, spawn, 'exec sleep 60')]);
    for (const { pid } of [first, second]) {
      assert.equal((await infoOf(pid)).group, pid);
      assert.equal(fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[3], String(pid), 'its session');
      const status = await until('sleep', () => fs.readFileSync(`/proc/${pid}/comm`, 'utf8') === 'sleep\n' && fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
      assert.match(status, /^SigIgn:\s+0+$/m);
      assert.match(status, /^SigBlk:\s+0+$/m);
      assert.deepEqual([0, 1, 2].map((fd) => openFile(pid, fd)), ['/dev/null', '/dev/null', '/dev/null']);
    }
    const own = await launcherOf(first);
    assert.equal(await launcherOf(second), own);
    const pipes = [openFile(own, 0), openFile(own, 1)];
    assert.deepEqual(fs.readdirSync(`/proc/${first.pid}/fd`).filter((fd) => pipes.includes(openFile(first.pid, fd))), []);
  });

  test('tells the status of a program, and nothing where a signal ended it', async (t) => {
    const { spawn } = launcher(t);
    const ends = await Promise.all(['exit 0', 'exit 7', 'exit 255', 'kill -KILL $$', 'kill -INT $$'].map(async (script) => (await sh(t, spawn, script)).ended));
    assert.deepEqual(ends, [0, 7, 255, undefined, undefined]);
  });

  test('tells 127 for a program that is not there', async (t) => {
    const { ended } = await launcher(t).spawn(['/no/such/program'], { cwd: '/', env: {} });
    assert.equal(await ended, 127);
  });

  test('refuses a folder that is not there with the error of the system', async (t) => {
    await assert.rejects(launcher(t).spawn(['true'], { cwd: '/no/such/folder', env: {} }), { code: 'ENOENT' });
  });

  test('runs a shim: its record is that of a direct start', async (t) => {
    const folder = new RunFolder(path.join(tempFolder(t), 'a run'));
    folder.create();
    const { pid, ended } = await launcher(t).spawn(shShim.wrap(folder.path, ['/bin/sh', '-c', 'echo said; exit 3'], false), { cwd: '/', env: { ...inherited(), ...shShim.env } });
    assert.equal(await ended, 3);
    assert.equal(folder.readPid()?.pid, pid);
    assert.equal(folder.readResult()?.code, 3);
    assert.equal(fs.readFileSync(folder.stdout, 'utf8'), 'said\n');
  });

  test('starts each of many programs once, however soon they end', async (t) => {
    const folder = tempFolder(t);
    const { spawn } = launcher(t);
    const statuses = await Promise.all(Array.from({ length: 200 }, async (_, n) => (await spawn(['/bin/sh', '-c', `echo x >> ${n}`], { cwd: folder, env: inherited() })).ended));
    assert.deepEqual(new Set(statuses), new Set([0]));
    assert.deepEqual(new Set(fs.readdirSync(folder).map((file) => fs.readFileSync(path.join(folder, file), 'utf8'))), new Set(['x\n']));
    assert.equal(fs.readdirSync(folder).length, 200);
  });

  test('starts directly what is too long for a request or cannot be one', async (t) => {
    const direct: string[] = [];
    const { spawn } = launcher(t, (argv) => {
      direct.push(argv[0]!);
      return Promise.resolve({ pid: 1, ended: Promise.resolve(0) });
    });
    await spawn(['long', 'x'.repeat(70_000)], { cwd: '/', env: {} });
    await spawn(['nul', 'a\0b'], { cwd: '/', env: {} });
    assert.deepEqual(direct, ['long', 'nul']);
  });

  test('starts directly without a Perl', async (t) => {
    const { spawn } = launcher(t, spawnDetached, '/no/such/perl');
    for (let n = 0; n < 5; n++) assert.equal(await (await sh(t, spawn, 'exit 4')).ended, 4);
  });

  test('a killed launcher takes nothing with it, and the ends of its programs are still told', async (t) => {
    const folder = tempFolder(t);
    const { spawn } = launcher(t);
    const launched = await sh(t, spawn, 'while [ ! -e "$1/go" ]; do sleep 0.02; done; echo done > "$1/done"', folder);
    await linuxProcessTable.signal(await launcherOf(launched), 'SIGKILL');
    await until('another parent', async () => (await infoOf(launched.pid)).parent === 1 || undefined);
    fs.writeFileSync(path.join(folder, 'go'), '');
    assert.equal(await launched.ended, undefined);
    assert.ok(fs.existsSync(path.join(folder, 'done')));
  });

  test('what a killed launcher had not begun is started directly, once', async (t) => {
    const folder = tempFolder(t);
    let direct = 0;
    const { spawn } = launcher(t, (...args) => {
      direct++;
      return spawnDetached(...args);
    });
    const first = await sh(t, spawn, 'sleep 60');
    const pid = await launcherOf(first);
    process.kill(pid, 'SIGSTOP');
    const asked = Promise.all(Array.from({ length: 3 }, async (_, n) => (await sh(t, spawn, 'echo x >> "$1"', path.join(folder, String(n)))).ended));
    process.kill(pid, 'SIGKILL');
    assert.deepEqual(await asked, [0, 0, 0]);
    assert.equal(direct, 3);
    assert.deepEqual(fs.readdirSync(folder).map((file) => fs.readFileSync(path.join(folder, file), 'utf8')), ['x\n', 'x\n', 'x\n']);
  });

  test('another launcher takes the place of a killed one, until three were', async (t) => {
    const { spawn } = launcher(t, spawnDetached);
    const killed = new Set<number>();
    while (killed.size < 3) {
      const launched = await sh(t, spawn, 'sleep 60');
      const parent = await launcherOf(launched);
      // Asked before the last end was noticed.
      if (parent === process.pid) continue;
      assert.ok(!killed.has(parent));
      killed.add(parent);
      await linuxProcessTable.signal(parent, 'SIGKILL');
      await until('its parent gone', async () => (await infoOf(launched.pid)).parent === 1 || undefined);
    }
    for (let n = 0; n < 2; n++) assert.equal(await launcherOf(await sh(t, spawn, 'sleep 60')), process.pid);
  });

  test('once disposed, it ends and its programs go on', async (t) => {
    const made = launcher(t);
    const launched = await sh(t, made.spawn, 'sleep 60');
    const pid = await launcherOf(launched);
    made.dispose();
    await until('the end of the launcher', async () => (await linuxProcessTable.startOf(pid)) === undefined || undefined);
    assert.notEqual(await linuxProcessTable.startOf(launched.pid), undefined);
  });

  test('it keeps no process alive, and goes with the process it serves', async (t) => {
    const source = (file: string): string => JSON.stringify(new URL(`../../../../src/core/process/${file}`, import.meta.url).href);
    const script = `import { Launcher } from ${source('launcher.ts')};
      import { linuxProcessTable } from ${source('linux-process-table.ts')};
      const launcher = new Launcher(${JSON.stringify(perl)}, () => Promise.reject(), linuxProcessTable);
      const asked = launcher.spawn(['/bin/sleep', '60'], { cwd: '/', env: {} });
      const alive = setInterval(() => undefined, 1000);
      console.log((await asked).pid);
      clearInterval(alive);`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 });
    const pid = Number(stdout);
    t.after(() => linuxProcessTable.signal(pid, 'SIGKILL'));
    await until('another parent', async () => (await infoOf(pid)).parent === 1 || undefined);
  });
});
