import type { Log, LogLevel } from '../../src/core/base/log.ts';

/** Keeps what is written, as `level message`. */
export class RecordingLog implements Log {
  readonly lines: string[] = [];

  write(level: LogLevel, message: string): void {
    this.lines.push(`${level} ${message}`);
  }
}
