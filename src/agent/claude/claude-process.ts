import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { ProcessTable } from '../../core/process/process-table.ts';
import { stopTree } from '../../core/process/stop-tree.ts';
import { JsonLines } from './json-lines.ts';

/** The end of stderr that is kept, in UTF-16 units. */
const COMPLAINT = 2000;
/** How long it may take from one step of ending it to the next, milliseconds. */
const STEP_MS = 1500;

export interface ClaudeExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The system's reason why it could not be started. */
  readonly notStarted?: string;
}

export interface ClaudeStart {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly table: ProcessTable;
  /** Marks all processes of the run in their environment; see `RUN_MARK`. */
  readonly mark: string;
  readonly onMessage: (value: unknown) => void;
  readonly onGarbage: (text: string) => void;
}

/** Claude Code, running. Messages go in and out as lines of JSON. */
export class ClaudeProcess {
  /** Resolves when the program has ended and all it wrote has been read. */
  readonly ended: Promise<ClaudeExit>;
  complaint = '';
  private readonly start: ClaudeStart;
  private readonly child: ChildProcessWithoutNullStreams;
  private hasEnded = false;

  constructor(start: ClaudeStart) {
    this.start = start;
    const { program, args, cwd, env, onMessage, onGarbage } = start;
    this.child = spawn(program, args, { cwd, env, stdio: 'pipe', windowsHide: true });
    const lines = new JsonLines(onMessage, onGarbage);
    this.child.stdout.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
    this.child.stdout.on('end', () => lines.end());
    this.child.stderr.setEncoding('utf8').on('data', (chunk: string) => (this.complaint = `${this.complaint}${chunk}`.slice(-COMPLAINT)));
    // A program that has gone reads no more; its exit tells.
    this.child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      const end = (exit: ClaudeExit): void => {
        this.hasEnded = true;
        resolve(exit);
      };
      this.child.once('error', (error: NodeJS.ErrnoException) => end({ code: null, signal: null, notStarted: error.code ?? error.message }));
      this.child.once('exit', (code, signal) => void this.closed().then(() => end({ code, signal })));
    });
  }

  send(message: object): void {
    if (this.child.stdin.writable) this.child.stdin.write(`${JSON.stringify(message)}\n`);
  }

  /** Nothing more is asked of it: it ends when its turn has. */
  closeInput(): void {
    this.child.stdin.end();
  }

  /** Whether it ends by itself within some time. */
  async endsWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
    await Promise.race([this.ended, late]);
    clearTimeout(timer);
    return this.hasEnded;
  }

  /**
   * Ends it, and whatever it has started, also in sessions of their own. It is asked first: SIGINT and SIGKILL would leave
   * its commands behind.
   */
  async end(): Promise<void> {
    if (!(await this.endsWithin(0))) {
      this.child.kill('SIGTERM');
      if (!(await this.endsWithin(STEP_MS))) this.child.kill('SIGKILL');
    }
    const { table, mark } = this.start;
    if (this.child.pid !== undefined) await stopTree({ pid: this.child.pid, mark, spare: await ancestors(table) }, table, STEP_MS);
  }

  /** A process that it left behind may keep its streams open for ever. */
  private closed(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, STEP_MS);
      this.child.once('close', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** We and those above us carry the same mark. */
async function ancestors(table: ProcessTable): Promise<ReadonlySet<number>> {
  const parents = new Map((await table.list()).map(({ pid, parent }) => [pid, parent]));
  const found = new Set<number>();
  for (let pid: number | undefined = process.pid; pid !== undefined && pid > 0 && !found.has(pid); pid = parents.get(pid)) found.add(pid);
  return found;
}
