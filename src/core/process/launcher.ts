import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getSystemErrorName } from 'node:util';
import { execa } from 'execa';
import type { Disposable } from '../base/disposable.ts';
import { LAUNCHER_PROGRAM } from './launcher-program.ts';
import type { ProcessTable } from './process-table.ts';
import type { Launched, LaunchOptions, Spawn } from './spawn-detached.ts';

interface Request {
  readonly argv: readonly string[];
  readonly options: LaunchOptions;
  resolve(launched: Launched | Promise<Launched>): void;
  reject(error: Error): void;
}

interface Running {
  readonly pid: number;
  readonly ended: (status: number | undefined) => void;
}

/** How often a program that has lost its launcher is looked at. */
const LOOK_MS = 250;
/** After so many ends that nobody asked for it is done without. */
const PATIENCE = 3;
/** A launcher that has not answered for so long stands still: it is ended, and what it was asked for is started directly. */
const ANSWER_MS = 10_000;
/** Longer requests could meet a limit of the system, whose error only a start of our own brings back. */
const LONGEST = 64 * 1024;

/**
 * Starts programs as `spawnDetached` does, but forks from a small process of its own. On Linux a fork copies the page tables
 * of whoever forks and makes its memory fault anew: a millisecond for a bare Node and many for an extension host, which
 * stands still meanwhile. What was started outlives the launcher; without one, programs are started directly.
 */
export class Launcher implements Disposable {
  private readonly perl: string;
  private readonly direct: Spawn;
  private readonly table: Pick<ProcessTable, 'startOf'>;
  private readonly asked = new Map<number, Request>();
  private readonly running = new Map<number, Running>();
  private readonly answerMs: number;
  private stdin: Socket | undefined;
  private kill = (): void => undefined;
  private lastId = 0;
  private deaths = 0;
  private disposed = false;

  constructor(perl: string, direct: Spawn, table: Pick<ProcessTable, 'startOf'>, answerMs = ANSWER_MS) {
    this.perl = perl;
    this.direct = direct;
    this.table = table;
    this.answerMs = answerMs;
  }

  readonly spawn: Spawn = (argv, options) => {
    const id = ++this.lastId;
    const fields = [String(id), options.cwd, String(argv.length), ...argv, ...Object.entries(options.env).flat()];
    const text = fields.join('\0');
    if (this.disposed || this.deaths >= PATIENCE || text.length > LONGEST || fields.some((field) => field.includes('\0'))) return this.direct(argv, options);
    return new Promise((resolve, reject) => {
      this.asked.set(id, { argv, options, resolve, reject });
      this.stdin ??= this.open();
      this.awaitAnswer(id);
      this.stdin.write(`${Buffer.byteLength(text)}\n${text}`);
    });
  };

  /** Programs go on; nothing more is told of them. */
  dispose(): void {
    this.disposed = true;
    this.stdin?.end();
  }

  private awaitAnswer(id: number): void {
    // After a time in which this thread stood still itself, answers that wait are read first.
    const late = (): void => void setImmediate(() => this.asked.has(id) && this.kill());
    setTimeout(late, this.answerMs).unref();
  }

  private open(): Socket {
    const launcher = execa(this.perl, ['-e', LAUNCHER_PROGRAM], { cwd: '/', detached: true, cleanup: false, buffer: false, reject: false, stdin: 'pipe', stdout: 'pipe', stderr: 'ignore' });
    this.kill = () => void launcher.kill('SIGKILL');
    // Pipes are sockets in Node. None of this keeps the engine's process alive.
    const stdin = launcher.stdin as unknown as Socket;
    const stdout = launcher.stdout as unknown as Socket;
    for (const part of [launcher as unknown as ChildProcess, stdin, stdout]) part.unref();
    stdin.on('error', () => undefined);
    let rest = '';
    stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.answered(line);
    });
    void launcher.then(() => this.lost(stdin));
    return stdin;
  }

  private answered(line: string): void {
    const [what, key, value = ''] = line.split(' ');
    const id = Number(key);
    const request = this.asked.get(id);
    this.asked.delete(id);
    if (what === 'started') {
      request?.resolve({ pid: Number(value), ended: new Promise((ended) => this.running.set(id, { pid: Number(value), ended })) });
    } else if (what === 'refused') {
      const code = getSystemErrorName(-Number(value));
      request?.reject(Object.assign(new Error(`spawn ${request.argv[0]} ${code}`), { code }));
    } else if (request !== undefined) {
      // It ended before it could say that it had begun.
      request.resolve(this.direct(request.argv, request.options));
    } else {
      this.running.get(id)?.ended(value === '' ? undefined : Number(value));
      this.running.delete(id);
    }
  }

  /** The launcher is gone, and all that it and its children had to say has been read. */
  private lost(stdin: Socket): void {
    if (this.stdin === stdin) this.stdin = undefined;
    const [asked, running] = [[...this.asked.values()], [...this.running.values()]];
    this.asked.clear();
    this.running.clear();
    if (this.disposed) return;
    this.deaths++;
    for (const request of asked) request.resolve(this.direct(request.argv, request.options));
    for (const program of running) void this.watch(program);
  }

  private async watch({ pid, ended }: Running): Promise<void> {
    const start = await this.table.startOf(pid);
    while (start !== undefined && !this.disposed && (await this.table.startOf(pid)) === start) await delay(LOOK_MS, undefined, { ref: false });
    if (!this.disposed) ended(undefined);
  }
}
