import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

export interface ProcessRecord {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
}

/** Every living process of this machine; a zombie counts as ended. */
export function livingProcesses(): readonly ProcessRecord[] {
  return process.platform === 'linux' ? fromProc() : fromPs();
}

function fromProc(): ProcessRecord[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name in parentheses may itself hold spaces and parentheses.
      const [state, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (state === 'Z' || state === 'X') return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), parent: Number(parent), group: Number(group), command }];
    } catch {
      return []; // It ended while it was being read.
    }
  });
}

function fromPs(): ProcessRecord[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,pgid=,state=,command='], { encoding: 'utf8' });
  return table.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line);
    if (!match || match[4]?.startsWith('Z')) return [];
    return [{ pid: Number(match[1]), parent: Number(match[2]), group: Number(match[3]), command: match[5] ?? '' }];
  });
}

/** Asks the leader of a process group to end, gives the group its grace period, then kills what is left of it. */
export async function endGroup(leader: number, graceMs: number): Promise<void> {
  const members = () => livingProcesses().filter(({ group }) => group === leader);
  const deadline = performance.now() + graceMs;
  signal(leader, 'SIGTERM');
  while (members().length > 0) {
    if (performance.now() > deadline) signal(-leader, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Sends a signal; a process that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Makes a signal an ordinary exit, so that what hangs on this process's exit is done; a no-op where signals are heard already. */
export function exitOnSignals(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    if (process.listenerCount(name) === 0) process.once(name, () => process.exit(128 + constants.signals[name]));
  }
}
