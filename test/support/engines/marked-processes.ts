import fs from 'node:fs';
import { RUN_MARK } from '../../../src/core/process/process-table.ts';

export interface MarkedProcess {
  readonly pid: number;
  readonly parent: number;
  /** It belongs to a run, and not to an engine. */
  readonly ofRun: boolean;
  readonly command: string;
}

/** Living processes with a text in their environment: all that an engine of that state folder ever started, wherever they went. */
export function processesMarked(text: string): readonly MarkedProcess[] {
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      const environment = fs.readFileSync(`/proc/${name}/environ`);
      if (!environment.includes(text)) return [];
      const parent = /^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${name}/status`, 'utf8'))?.[1];
      const command = fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return [{ pid: Number(name), parent: Number(parent), ofRun: environment.includes(`${RUN_MARK}=`), command: command.slice(0, 200) }];
    } catch {
      return []; // It ended meanwhile.
    }
  });
}

export function isAlive(pid: number): boolean {
  try {
    // The state comes after the name, which is in brackets.
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(text.slice(text.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}
