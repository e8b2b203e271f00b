import fs from 'node:fs';
import type { ProcessTable } from '../../core/process/process-table.ts';
import { runTool } from '../../core/process/tool.ts';

const SHELL = /^-?(?:sh|bash|dash|zsh|fish|ksh|ash|env|timeout)$/;
const MOST_SHELLS = 4;
const LONGEST_MS = 5000;

/** The agent that runs this hook: the nearest process above us that is no shell. What it holds lasts as long as it lives. */
export async function askingProcess(table: ProcessTable): Promise<number> {
  let pid = process.ppid;
  let parents: ReadonlyMap<number, number> | undefined;
  for (let n = 0; n < MOST_SHELLS && SHELL.test(await nameOf(pid)); n++) {
    parents ??= new Map((await table.list()).map((info) => [info.pid, info.parent]));
    const parent = parents.get(pid);
    if (parent === undefined || parent <= 1) break;
    pid = parent;
  }
  return pid;
}

async function nameOf(pid: number): Promise<string> {
  if (process.platform === 'linux') return fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  const name = await runTool('ps', ['-o', 'comm=', '-p', String(pid)], LONGEST_MS);
  return name.trim().split('/').at(-1) ?? '';
}
