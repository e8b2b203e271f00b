import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Launcher } from '../../../../src/core/process/launcher.ts';
import { linuxProcessTable } from '../../../../src/core/process/linux-process-table.ts';
import { spawnDetached, type Launched, type Spawn } from '../../../../src/core/process/spawn-detached.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const PERL = ['/usr/bin/perl', '/bin/perl'].find((file) => fs.existsSync(file));
const sh = (script: string, ...args: readonly string[]): string[] => ['/bin/sh', '-c', script, 'sh', ...args];
const env = { PATH: process.env.PATH ?? '/bin' };

interface Setting {
  readonly launcher: Launcher;
  /** What was started without the launcher. */
  readonly direct: string[];
  readonly folder: string;
}

function setting(t: { after(clean: () => void): void }, perl = PERL!, answerMs?: number): Setting {
  const direct: string[] = [];
  const spawn: Spawn = (argv, options) => {
    direct.push(argv.at(-1)!);
    return spawnDetached(argv, options);
  };
  const launcher = new Launcher(perl, spawn, linuxProcessTable, answerMs);
  t.after(() => launcher.dispose());
  return { launcher, direct, folder: tempFolder(t) };
}

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);

/** A program that runs until its file is taken away, and then ends with a status. */
async function gated({ launcher, folder }: Setting, name: string, status: number): Promise<Launched & { open(): void }> {
  const gate = path.join(folder, name);
  fs.writeFileSync(gate, '');
  const launched = await launcher.spawn(sh(`echo $$ > "$1.ready"; while [ -e "$1" ]; do sleep 0.02; done; exit ${status}`, gate), { cwd: folder, env });
  await until('the program', () => fs.existsSync(`${gate}.ready`));
  return { ...launched, open: () => fs.rmSync(gate) };
}

describe('the launcher', { concurrency: 3, timeout: 60_000, skip: process.platform === 'linux' && PERL !== undefined ? false : 'there is no perl' }, () => {
  test('starts programs in their folder, with their arguments and just their environment', async (t) => {
    const { launcher, folder, direct } = setting(t);
    const args = ['', ' ', "it's", '"', 'a\nb', '\\', '$HOME', '漢🙂', '-n', '%'];
    const script = 'require("fs").writeFileSync("told", JSON.stringify([process.cwd(), process.argv.slice(1), process.env]))';
    const { ended } = await launcher.spawn([process.execPath, '-e', script, '--', ...args], { cwd: folder, env: { A: '', B: 'two\nlines', C: 'ä=b' } });
    assert.equal(await ended, 0);
    assert.deepEqual(JSON.parse(fs.readFileSync(path.join(folder, 'told'), 'utf8')), [folder, args, { A: '', B: 'two\nlines', C: 'ä=b' }]);
    assert.deepEqual(direct, []);
  });

  test('tells how each ended: with a status, or by a signal', async (t) => {
    const { launcher } = setting(t);
    const statuses = await Promise.all(['exit 0', 'exit 1', 'exit 255', 'kill -KILL $$', 'kill -TERM $$'].map(async (script) => (await launcher.spawn(sh(script), { cwd: '/', env })).ended));
    assert.deepEqual(statuses, [0, 1, 255, undefined, undefined]);
  });

  test('what it starts leads a session of its own, and reads and writes nothing of ours', async (t) => {
    const own = setting(t);
    const program = await gated(own, 'gate', 0);
    const info = (await linuxProcessTable.list()).find(({ pid }) => pid === program.pid)!;
    assert.equal(info.group, program.pid);
    const files = [0, 1, 2].map((fd) => fs.readlinkSync(`/proc/${program.pid}/fd/${fd}`));
    assert.deepEqual(files, ['/dev/null', '/dev/null', '/dev/null']);
    const inheritedByAll = channelsOf(process.ppid);
    assert.deepEqual(channelsOf(program.pid).filter((channel) => !inheritedByAll.includes(channel)), []);
    program.open();
    assert.equal(await program.ended, 0);
  });

  test('a folder that is not there is refused by name', async (t) => {
    const { launcher } = setting(t);
    await assert.rejects(launcher.spawn(sh('exit 0'), { cwd: '/no/such/folder', env }), { code: 'ENOENT' });
  });

  test('five hundred programs at once all end, each with its own status', async (t) => {
    const { launcher, direct } = setting(t);
    const statuses = await Promise.all(Array.from({ length: 500 }, async (_, n) => (await launcher.spawn(sh(`exit ${n % 250}`), { cwd: '/', env })).ended));
    assert.deepEqual(statuses, Array.from({ length: 500 }, (_, n) => n % 250));
    assert.deepEqual(direct, []);
  });

  test('what it cannot be told is started directly', async (t) => {
    const { launcher, direct } = setting(t);
    const long = 'x'.repeat(70_000);
    const { ended } = await launcher.spawn(sh('exit ${#1}', long), { cwd: '/', env });
    await ended;
    assert.deepEqual(direct, [long]);
    await assert.rejects(launcher.spawn(sh('exit 0', 'a\0b'), { cwd: '/', env }));
  });

  test('programs outlive a launcher that is killed; their end is still noticed, and the next is started by a new one', async (t) => {
    const own = setting(t);
    const first = await gated(own, 'first', 7);
    const launcher = parentOf(first.pid);
    process.kill(launcher, 'SIGKILL');
    const second = await gated(own, 'second', 8);
    assert.notEqual(parentOf(second.pid), launcher);
    assert.ok(fs.existsSync(`/proc/${first.pid}`), 'it goes on');
    first.open();
    second.open();
    assert.deepEqual([await first.ended, await second.ended], [undefined, 8]);
  });

  test('one that stands still is ended: what it was asked for is started once, and what it had started is watched', async (t) => {
    const own = setting(t, PERL, 200);
    const first = await gated(own, 'first', 7);
    process.kill(parentOf(first.pid), 'SIGSTOP');
    const second = await gated(own, 'second', 8);
    first.open();
    second.open();
    assert.deepEqual([await first.ended, await second.ended, own.direct], [undefined, 8, [path.join(own.folder, 'second')]]);
    const third = await gated(own, 'third', 9);
    third.open();
    assert.deepEqual([await third.ended, own.direct.length], [9, 1]);
  });

  test('without a launcher that can be started, programs are started directly, once each', async (t) => {
    const own = setting(t, '/no/such/perl');
    const statuses = await Promise.all([1, 2, 3, 4, 5].map(async (n) => (await own.launcher.spawn(sh(`echo ${n} >> ran; exit ${n}`), { cwd: own.folder, env })).ended));
    assert.deepEqual(statuses, [1, 2, 3, 4, 5]);
    assert.deepEqual(fs.readFileSync(path.join(own.folder, 'ran'), 'utf8').trim().split('\n').sort(), ['1', '2', '3', '4', '5']);
  });

  test('when it is let go of, its programs go on and it ends', async (t) => {
    const own = setting(t);
    const program = await gated(own, 'gate', 0);
    const launcher = parentOf(program.pid);
    own.launcher.dispose();
    await until('the launcher to end', async () => (await linuxProcessTable.startOf(launcher)) === undefined);
    assert.ok(fs.existsSync(`/proc/${program.pid}`));
    program.open();
    await until('the program to end', async () => (await linuxProcessTable.startOf(program.pid)) === undefined);
  });

  test('it is no reason for the process that uses it to stay', () => {
    const program = `
      import { Launcher } from ${JSON.stringify(new URL('../../../../src/core/process/launcher.ts', import.meta.url).href)};
      const launcher = new Launcher(${JSON.stringify(PERL)}, () => Promise.reject(new Error('direct')), { startOf: () => Promise.resolve(undefined) });
      const { ended } = await launcher.spawn(['/bin/sh', '-c', 'exit 3'], { cwd: '/', env: {} });
      void ended;
      console.log('started');
      clearTimeout(meanwhile);
    `;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', `const meanwhile = setTimeout(() => undefined, 10_000); ${program}`], { timeout: 20_000 });
    assert.equal(out.toString(), 'started\n');
  });
});

/** Pipes and sockets that a process has open. */
function channelsOf(pid: number): string[] {
  return fs.readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [fs.readlinkSync(`/proc/${pid}/fd/${fd}`)].filter((link) => /^(?:socket|pipe):/.test(link));
    } catch {
      return [];
    }
  });
}
