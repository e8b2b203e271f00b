import os from 'node:os';
import type { ProcessInfo, ProcessTable } from './process-table.ts';
import type { RunTool } from './tool.ts';

const TIMEOUT_MS = 10_000;
const QUERY =
  'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.WorkingSetSize) $(($_.KernelModeTime + $_.UserModeTime) / 10000) $(if ($_.CreationDate) { $_.CreationDate.ToFileTimeUtc() } else { 0 })" }';

/** Windows through CIM. There are no process groups: the tree is known by parents alone, and environments cannot be read. */
export function windowsProcessTable(run: RunTool): ProcessTable {
  const list = async (filter = ''): Promise<ProcessInfo[]> =>
    parseCim(await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', QUERY.replace('Win32_Process', `Win32_Process${filter}`)], TIMEOUT_MS));
  return {
    list: () => list(),
    startOf: async (pid) => (await list(` -Filter "ProcessId = ${pid}"`))[0]?.start,
    marked: () => Promise.resolve([]),
    peakMemory: () => undefined,
    waited: () => undefined,
    openForWriting: () => [],
    bootId: () => os.hostname(),
    async signal(pid, signal) {
      if (signal === 'SIGCONT') return true;
      // There is no way to make another's process stand still.
      if (signal === 'SIGSTOP') return false;
      // A console program has no other way to be asked; taskkill without /F only reaches windows.
      const args = ['/PID', String(pid), '/T', ...(signal === 'SIGKILL' ? ['/F'] : [])];
      return run('taskkill', args, TIMEOUT_MS).then(() => true, () => false);
    },
  };
}

/** Reads `pid parent memory cpuMs start`. */
export function parseCim(text: string): ProcessInfo[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [pid, parent, memory, cpuMs, start] = line.trim().split(' ');
    return start === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), group: 0, memory: Number(memory), cpuMs: Math.round(Number(cpuMs)), start }];
  });
}
