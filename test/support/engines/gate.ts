import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

/** Holds the commands that read from it until it is opened, or until the test that owns it is gone. */
export class Gate {
  readonly path: string;
  private readonly file: number;
  private closed = false;

  constructor(path: string) {
    this.path = path;
    execFileSync('mkfifo', [path]);
    // Open for reading as well, so that opening never waits for the other side.
    this.file = fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_NONBLOCK);
  }

  /** Lets so many commands pass. */
  open(passes = 1): void {
    fs.writeSync(this.file, 'go\n'.repeat(passes));
  }

  dispose(): void {
    if (!this.closed) fs.closeSync(this.file);
    this.closed = true;
  }
}
