import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { linuxProcessTable } from '../../../../src/core/process/linux-process-table.ts';
import { treeOf, type ProcessInfo } from '../../../../src/core/process/process-table.ts';
import { parsePs, psProcessTable } from '../../../../src/core/process/ps-process-table.ts';
import { spawnDetached } from '../../../../src/core/process/spawn-detached.ts';
import { systemProcessTable } from '../../../../src/core/process/system-process-table.ts';
import { runTool, type RunTool } from '../../../../src/core/process/tool.ts';
import { parseCim, windowsProcessTable } from '../../../../src/core/process/windows-process-table.ts';
import { inherited } from '../../../support/process/shimmed-run.ts';
import { tempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const MAC = `    1     0     1   9488   0:12.55 Ss   Mon Jan 27 09:00:01 2025
  501     1   501  20480  12:03.07 S    Mon Jan 27 09:01:11 2025
  777   501   501   1024   0:00.01 Z+   Mon Jan 27 09:02:00 2025
12345   501   501 123456 101:00.50 R+   Tue Jan 28 10:11:12 2025
`;
const PROCPS = `      1       0       1  9488 00:00:12 Ss   Mon Jan 27 09:00:01 2025
   4711       1    4711   512 1-02:03:04 S<sl Mon Jan  6 09:00:01 2025
`;

test('what ps prints on macOS is read, without zombies', () => {
  assert.deepEqual(parsePs(MAC), [
    { pid: 1, parent: 0, group: 1, memory: 9488 * 1024, cpuMs: 12_550, start: 'Mon_Jan_27_09:00:01_2025' },
    { pid: 501, parent: 1, group: 501, memory: 20_480 * 1024, cpuMs: 723_070, start: 'Mon_Jan_27_09:01:11_2025' },
    { pid: 12_345, parent: 501, group: 501, memory: 123_456 * 1024, cpuMs: 6_060_500, start: 'Tue_Jan_28_10:11:12_2025' },
  ]);
});

test('what ps prints on Linux is read, days of CPU time too', () => {
  assert.deepEqual(parsePs(PROCPS).map(({ pid, cpuMs, start }) => ({ pid, cpuMs, start })), [
    { pid: 1, cpuMs: 12_000, start: 'Mon_Jan_27_09:00:01_2025' },
    { pid: 4711, cpuMs: 93_784_000, start: 'Mon_Jan_6_09:00:01_2025' },
  ]);
});

test('lines of ps that tell nothing are passed over', () => assert.deepEqual(parsePs('\nps: illegal option\n  1 2\n'), []));

/** Answers by program, and remembers what was run. */
function fakeTool(answers: Readonly<Record<string, string | Error>>): { readonly run: RunTool; readonly calls: string[][] } {
  const calls: string[][] = [];
  return {
    calls,
    run: (file, args) => {
      calls.push([file, ...args]);
      const answer = answers[file] ?? new Error(`no ${file}`);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}

test('ps is asked for all processes, or for one', async () => {
  const tool = fakeTool({ ps: MAC });
  const table = psProcessTable(tool.run);
  assert.equal((await table.list()).length, 3);
  assert.equal(await table.startOf(1), 'Mon_Jan_27_09:00:01_2025');
  const columns = ['pid=', 'ppid=', 'pgid=', 'rss=', 'time=', 'stat=', 'lstart='].flatMap((column) => ['-o', column]);
  assert.deepEqual(tool.calls, [['ps', '-A', ...columns], ['ps', '-p', '1', ...columns]]);
});

test('a process that ps does not find, or finds dead, has no start', async () => {
  assert.equal(await psProcessTable(fakeTool({ ps: Object.assign(new Error('exit 1'), { exitCode: 1 }) }).run).startOf(9), undefined);
  assert.equal(await psProcessTable(fakeTool({ ps: '777 501 501 1024 0:00.01 Z+ Mon Jan 27 09:02:00 2025\n' }).run).startOf(777), undefined);
});

test('a ps that fails, or takes too long, says nothing of a process', async () => {
  await assert.rejects(psProcessTable(fakeTool({ ps: Object.assign(new Error('timed out'), { timedOut: true }) }).run).startOf(9), /timed out/);
  await assert.rejects(psProcessTable(fakeTool({}).run).startOf(9), /no ps/);
});

test('the real ps says that there is no such process', { skip: process.platform === 'win32' ? 'there is no ps' : false }, async () => {
  assert.equal(await psProcessTable(runTool).startOf(2 ** 30), undefined);
});

test('ps finds the processes of a run by their environment, not by a part of it', async () => {
  const text = `  12 sleep 60 PATH=/bin RUN=/state/runs/1 HOME=/
  13 sleep 60 RUN=/state/runs/12 HOME=/
  14 sleep 60 XRUN=/state/runs/1
  15 sh -c true RUN=/state/runs/1
`;
  assert.deepEqual(await psProcessTable(fakeTool({ ps: text }).run).marked('RUN', '/state/runs/1'), [12, 15]);
});

test('the real ps tells of this process what the kernel does', { skip: process.platform === 'win32' ? 'there is no ps' : false }, async () => {
  const table = psProcessTable(runTool);
  const own = (await table.list()).find(({ pid }) => pid === process.pid)!;
  assert.deepEqual([own.parent, own.start], [process.ppid, await table.startOf(process.pid)]);
  assert.ok(own.memory > 10e6 && own.cpuMs >= 0);
});

const CIM = '0 0 8192 123456.25 0\r\n4 0 147456 98.4375 133806672000000000\r\n 812 4 52428800 15.625 133806672001234567 \r\n\r\nGet-CimInstance : Access denied\r\n';

test('what CIM prints is read; lines that tell nothing are passed over', () => {
  assert.deepEqual(parseCim(CIM), [
    { pid: 0, parent: 0, group: 0, memory: 8192, cpuMs: 123_456, start: '0' },
    { pid: 4, parent: 0, group: 0, memory: 147_456, cpuMs: 98, start: '133806672000000000' },
    { pid: 812, parent: 4, group: 0, memory: 52_428_800, cpuMs: 16, start: '133806672001234567' },
  ]);
});

test('Windows is asked through PowerShell, for all processes or for one', async () => {
  const tool = fakeTool({ 'powershell.exe': '812 4 52428800 15.625 133806672001234567\r\n' });
  const table = windowsProcessTable(tool.run);
  assert.equal((await table.list())[0]?.pid, 812);
  assert.equal(await table.startOf(812), '133806672001234567');
  const [all, one] = tool.calls.map((call) => call.at(-1)!);
  assert.ok(all!.startsWith('Get-CimInstance Win32_Process | '));
  assert.ok(one!.startsWith('Get-CimInstance Win32_Process -Filter "ProcessId = 812" | '));
  assert.deepEqual([await table.marked('RUN', 'x'), table.peakMemory(812)], [[], undefined]);
});

test('Windows ends a whole tree by taskkill, by force only when told to', async () => {
  const tool = fakeTool({ taskkill: 'SUCCESS' });
  const table = windowsProcessTable(tool.run);
  const done = [await table.signal(812, 'SIGTERM'), await table.signal(812, 'SIGKILL'), await table.signal(812, 'SIGCONT')];
  assert.deepEqual([done, tool.calls], [[true, true, true], [['taskkill', '/PID', '812', '/T'], ['taskkill', '/PID', '812', '/T', '/F']]]);
  assert.equal(await windowsProcessTable(fakeTool({ taskkill: new Error('not found') }).run).signal(812, 'SIGKILL'), false);
});

test('each kind of system has its table', () => {
  assert.equal(systemProcessTable('linux'), linuxProcessTable);
  assert.notEqual(systemProcessTable('darwin'), linuxProcessTable);
  assert.notEqual(systemProcessTable('win32'), linuxProcessTable);
});

test('a tool that is missing, fails or takes too long is an error', async () => {
  await assert.rejects(runTool('/no/such/tool', [], 1000));
  await assert.rejects(runTool(process.execPath, ['-e', 'process.exit(3)'], 10_000));
  await assert.rejects(runTool('sleep', ['60'], 50), /timed out/i);
  assert.equal(await runTool(process.execPath, ['-p', '1 + 1'], 10_000), '2');
});

function info(pid: number, parent: number, group = pid): ProcessInfo {
  return { pid, parent, group, start: '', memory: 0, cpuMs: 0 };
}

const TREES: Readonly<Record<string, readonly [processes: readonly ProcessInfo[], members: readonly number[]]>> = {
  'of a process alone is empty': [[info(10, 1), info(11, 1)], []],
  'has children and their children': [[info(12, 11), info(10, 1), info(11, 10), info(13, 1)], [11, 12]],
  'has what kept the group without the parent, and below': [[info(10, 1), info(20, 1, 10), info(21, 20, 21)], [20, 21]],
  'of a process that is gone has what it left': [[info(20, 1, 10), info(21, 10)], [20, 21]],
  'ends also when parents go round in circles': [[info(10, 12), info(11, 10), info(12, 11)], [11, 12]],
};
for (const [name, [processes, members]] of Object.entries(TREES)) {
  test(`the tree ${name}`, () => assert.deepEqual(treeOf(10, processes).map(({ pid }) => pid).sort((a, b) => a - b), members));
}

describe('on Linux', { skip: process.platform === 'linux' ? false : 'there is no /proc' }, () => {
  test('this process is found, with what it uses', async () => {
    const own = (await linuxProcessTable.list()).find(({ pid }) => pid === process.pid)!;
    assert.deepEqual([own.parent, own.start], [process.ppid, await linuxProcessTable.startOf(process.pid)]);
    const { rss } = process.memoryUsage();
    assert.ok(own.memory > rss / 2 && own.memory < rss * 2);
    assert.ok(linuxProcessTable.peakMemory(process.pid)! >= own.memory * 0.9);
    const waited = linuxProcessTable.waited(process.pid);
    // A kernel may be built without.
    assert.ok(waited === undefined ? !fs.existsSync('/proc/self/schedstat') : waited >= 0);
    const { user, system } = process.cpuUsage();
    // With that of its children; the kernel counts in hundredths of a second.
    assert.ok(own.cpuMs > 0 && own.cpuMs >= (user + system) / 1000 - 100);
  });

  test('a process is known by name only to people: brackets and spaces in it confuse nobody', async (t) => {
    const folder = tempFolder(t);
    const file = path.join(folder, 'a) S (b 1 2');
    fs.copyFileSync('/bin/sleep', file);
    const { pid, ended } = await spawnDetached([file, '60'], { cwd: folder, env: { ...inherited(), MARK: 'here' } });
    const found = await until('the program to be loaded', async () => (await linuxProcessTable.marked('MARK', 'here')).includes(pid) && (await linuxProcessTable.list()).find((other) => other.pid === pid));
    assert.deepEqual([found.parent, found.group], [process.pid, pid]);
    assert.deepEqual([await linuxProcessTable.marked('MARK', 'her'), await linuxProcessTable.marked('MARK', 'here!')], [[], []]);
    assert.equal(await linuxProcessTable.signal(pid, 'SIGKILL'), true);
    await ended;
    assert.equal(await linuxProcessTable.signal(pid, 'SIGKILL'), false);
    assert.equal(await linuxProcessTable.startOf(pid), undefined);
    assert.deepEqual([linuxProcessTable.peakMemory(pid), linuxProcessTable.waited(pid)], [undefined, undefined]);
  });

  test('a zombie is no process any more', async (t) => {
    const folder = tempFolder(t);
    const { pid, ended } = await spawnDetached(['/bin/sh', '-c', 'sleep 1 & echo $! > zombie; exec sleep 60'], { cwd: folder, env: inherited() });
    t.after(() => linuxProcessTable.signal(pid, 'SIGKILL'));
    const zombie = await until('the zombie', () => {
      const id = Number(fs.existsSync(path.join(folder, 'zombie')) && fs.readFileSync(path.join(folder, 'zombie'), 'utf8'));
      return id > 0 && fs.readFileSync(`/proc/${id}/stat`, 'utf8').includes(') Z ') && id;
    });
    const children = async (): Promise<number[]> => treeOf(pid, await linuxProcessTable.list()).map((child) => child.pid);
    assert.deepEqual([await children(), await linuxProcessTable.startOf(zombie)], [[], undefined]);
    await linuxProcessTable.signal(pid, 'SIGKILL');
    await ended;
  });

  test('the boot is the same at each look', () => {
    assert.equal(linuxProcessTable.bootId(), linuxProcessTable.bootId());
    assert.match(linuxProcessTable.bootId(), /^[\da-f-]{36} pid:\[\d+\]$/);
    assert.equal(psProcessTable(runTool).bootId(), os.hostname());
  });
});
