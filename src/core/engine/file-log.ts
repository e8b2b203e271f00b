import fs from 'node:fs';
import path from 'node:path';
import type { Clock } from '../base/clock.ts';
import type { Log, LogLevel } from '../base/log.ts';

const MAX_BYTES = 4 * 2 ** 20;
const KEPT = 4;
const FLUSH_MS = 50;

/** The log in the state folder, shared by all engines: lines are appended whole, and the file is turned over when it is full. */
export class FileLog implements Log {
  private readonly file: string;
  private readonly clock: Clock;
  private readonly onLine: (level: LogLevel, message: string) => void;
  private lines: string[] = [];
  private cancel: (() => void) | undefined;

  constructor(home: string, clock: Clock, onLine: (level: LogLevel, message: string) => void) {
    this.file = path.join(home, 'logs', 'parallel-workflow.log');
    this.clock = clock;
    this.onLine = onLine;
  }

  write(level: LogLevel, message: string): void {
    // Indented, what goes on cannot be mistaken for another line.
    this.lines.push(`${new Date(this.clock.now()).toISOString()} ${process.pid} ${level} ${message.replaceAll('\n', '\n  ')}\n`);
    this.onLine(level, message);
    this.cancel ??= this.clock.after(FLUSH_MS, () => this.flush());
  }

  flush(): void {
    this.cancel?.();
    this.cancel = undefined;
    if (this.lines.length === 0) return;
    const text = this.lines.join('');
    this.lines = [];
    try {
      if ((fs.statSync(this.file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) this.turnOver();
      fs.appendFileSync(this.file, text, { mode: 0o600 });
    } catch {
      // Without a disk to write on, the lines still reached whoever listens.
    }
  }

  private turnOver(): void {
    for (let age = KEPT - 1; age >= 1; age--) {
      const from = age === 1 ? this.file : `${this.file}.${age - 1}`;
      if (fs.existsSync(from)) fs.renameSync(from, `${this.file}.${age}`);
    }
  }
}
