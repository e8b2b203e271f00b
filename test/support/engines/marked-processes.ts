import fs from 'node:fs';

export interface MarkedProcess {
  readonly pid: number;
  readonly command: string;
}

/** Living processes with a text in their environment: all that an engine of that state folder ever started, wherever they went. */
export function processesMarked(text: string): readonly MarkedProcess[] {
  const mark = Buffer.from(text);
  return fs.readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return [];
    try {
      if (!fs.readFileSync(`/proc/${name}/environ`).includes(mark)) return [];
      return [{ pid: Number(name), command: fs.readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim() }];
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
