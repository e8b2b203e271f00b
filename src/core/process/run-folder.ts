import fs from 'node:fs';
import path from 'node:path';
import type { ExitRecord } from '../model/run.ts';

/** The shim's word on who runs: its process id and, where it can tell, that process's start time. */
export interface PidRecord {
  readonly pid: number;
  readonly start: string | undefined;
}

const VOID = 'void';

/**
 * The files through which a run's shim and whichever engine looks after it speak, so that neither needs the other alive:
 * `pid` (written first), `ticket` (created by whoever decides that the run starts, or never will), `result` (written last).
 */
export class RunFolder {
  readonly path: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly temp: string;
  readonly result: string;

  constructor(folder: string) {
    this.path = folder;
    this.stdout = path.join(folder, 'stdout');
    this.stderr = path.join(folder, 'stderr');
    this.temp = path.join(folder, 'tmp');
    this.result = path.join(folder, 'result');
  }

  create(): void {
    fs.mkdirSync(this.temp, { recursive: true, mode: 0o700 });
  }

  /**
   * Voids the start ticket: true when the command has not been started and now never will be. Creating the ticket is atomic
   * on both sides, and this side creates it together with its content, so exactly one of the two wins.
   */
  void(): boolean {
    fs.mkdirSync(this.path, { recursive: true, mode: 0o700 });
    const own = path.join(this.path, `void.${process.pid}`);
    const ticket = path.join(this.path, 'ticket');
    fs.writeFileSync(own, VOID);
    try {
      fs.linkSync(own, ticket);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      return fs.readFileSync(ticket, 'utf8') === VOID;
    } finally {
      fs.rmSync(own, { force: true });
    }
  }

  readPid(): PidRecord | undefined {
    const [pid, start] = readText(path.join(this.path, 'pid')).trim().split(' ');
    return pid === undefined || pid === '' ? undefined : { pid: Number(pid), start: start === '' ? undefined : start };
  }

  /** How the command ended; `undefined` while the shim has not finished writing it. */
  readResult(): ExitRecord | undefined {
    return parseResult(readText(this.result));
  }

  /** When the command began, milliseconds since the epoch, whoever was there to see it. */
  startedAt(): number | undefined {
    return changedAt(path.join(this.path, 'ticket'));
  }

  /** When the command's end was written down. */
  endedAt(): number | undefined {
    return changedAt(this.result);
  }

  remove(): void {
    fs.rmSync(this.path, { recursive: true, force: true, maxRetries: 2 });
  }
}

function changedAt(file: string): number | undefined {
  const changed = fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return changed === undefined ? undefined : Math.round(changed);
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/**
 * Reads what a shim wrote: the two lines of POSIX `times` (user and system time of the shell, then of its children), and
 * `exit N` with its line end last, which tells that the record is whole.
 */
export function parseResult(text: string): ExitRecord | undefined {
  const exit = /^exit (\d+)\n/m.exec(text);
  if (exit === null) return undefined;
  const children = text.split('\n')[1] ?? '';
  const [user, system] = [...children.matchAll(/(\d+)m([\d.,]+)s/g)].map((match) => (Number(match[1]) * 60 + Number(match[2]!.replace(',', '.'))) * 1000);
  return { code: Number(exit[1]), userMs: user ?? 0, systemMs: system ?? 0 };
}
