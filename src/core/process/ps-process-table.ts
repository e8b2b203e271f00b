import os from 'node:os';
import type { ProcessInfo, ProcessTable } from './process-table.ts';
import type { RunTool } from './tool.ts';

const TIMEOUT_MS = 5000;
/** Status of a `ps` that finds none of the processes it was asked for. */
const NO_SUCH_PROCESS = 1;
const COLUMNS = ['-o', 'pid=', '-o', 'ppid=', '-o', 'pgid=', '-o', 'rss=', '-o', 'time=', '-o', 'stat=', '-o', 'lstart='];

/** macOS and other systems with a POSIX `ps` and no `/proc`. */
export function psProcessTable(run: RunTool): ProcessTable {
  return {
    async list() {
      return parsePs(await run('ps', ['-A', ...COLUMNS], TIMEOUT_MS));
    },
    async startOf(pid) {
      const text = await run('ps', ['-p', String(pid), ...COLUMNS], TIMEOUT_MS).catch((error: unknown) => {
        if ((error as { exitCode?: number }).exitCode === NO_SUCH_PROCESS) return '';
        throw error;
      });
      return parsePs(text)[0]?.start;
    },
    async marked(name, value) {
      const text = await run('ps', ['-A', '-E', '-ww', '-o', 'pid=', '-o', 'command='], TIMEOUT_MS);
      return text.split('\n').flatMap((line) => (` ${line} `.includes(` ${name}=${value} `) ? [Number.parseInt(line, 10)] : []));
    },
    peakMemory: () => undefined,
    waited: () => undefined,
    openForWriting: () => [],
    bootId: () => os.hostname(),
    signal(pid, signal) {
      try {
        return Promise.resolve(process.kill(pid, signal));
      } catch {
        return Promise.resolve(false);
      }
    },
  };
}

/** Reads `pid ppid pgid rss(KiB) [[dd-]hh:]mm:ss[.cc] stat lstart`. */
export function parsePs(text: string): ProcessInfo[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+([\d:.-]+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    if (match === null || match[6]!.startsWith('Z')) return [];
    return [{ pid: Number(match[1]), parent: Number(match[2]), group: Number(match[3]), memory: Number(match[4]) * 1024, cpuMs: clockToMs(match[5]!), start: match[7]!.replaceAll(/\s+/g, '_') }];
  });
}

function clockToMs(text: string): number {
  const [days, clock] = text.includes('-') ? text.split('-') : ['0', text];
  const seconds = clock!.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round((Number(days) * 86_400 + seconds) * 1000);
}
