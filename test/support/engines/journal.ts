import fs from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('journalled.sh', import.meta.url));

export interface JournalEntry {
  readonly kind: 'start' | 'end';
  readonly key: string;
  readonly pid: number;
  /** Seconds since the machine was booted, in hundredths. */
  readonly uptime: number;
}

export interface JournalledWork {
  /** Turns of a busy loop. */
  readonly turns?: number;
  readonly exitCode?: number;
  /** `fork` to do the work in a child, or the path of a gate to wait at instead. */
  readonly how?: string;
}

/** What the commands themselves say about when they ran, independent of any engine: lines in the order in which things happened. */
export class Journal {
  readonly path: string;
  private readonly file: number;
  private readonly read: JournalEntry[] = [];
  private rest = '';
  private readonly buffer = Buffer.alloc(1 << 16);

  constructor(path: string) {
    this.path = path;
    this.file = fs.openSync(path, 'a+');
  }

  /** A command that writes itself down here under a key. */
  command(key: string, { turns = 0, exitCode = 0, how }: JournalledWork = {}): readonly string[] {
    return ['/bin/sh', SCRIPT, this.path, key, String(turns), String(exitCode), ...(how === undefined ? [] : [how])];
  }

  entries(): readonly JournalEntry[] {
    for (;;) {
      const length = fs.readSync(this.file, this.buffer, 0, this.buffer.length, null);
      if (length === 0) return this.read;
      const lines = (this.rest + this.buffer.toString('utf8', 0, length)).split('\n');
      this.rest = lines.pop()!;
      for (const line of lines) this.read.push(parse(line));
    }
  }

  starts(key: string): number {
    return this.entries().filter((entry) => entry.kind === 'start' && entry.key === key).length;
  }

  hasEnded(key: string): boolean {
    return this.entries().some((entry) => entry.kind === 'end' && entry.key === key);
  }

  close(): void {
    fs.closeSync(this.file);
  }
}

function parse(line: string): JournalEntry {
  const match = /^(start|end) (\S+) (\d+) ([\d.]+)$/.exec(line);
  if (match === null) throw new Error(`Expected a line of the journal, got \`${line}\``);
  return { kind: match[1] as JournalEntry['kind'], key: match[2]!, pid: Number(match[3]), uptime: Number(match[4]) };
}
