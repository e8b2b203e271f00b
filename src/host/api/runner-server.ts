import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import { writeAddress } from '../../core/launch/window-addresses.ts';
import type { HostedMessage, HostedOrder, HostedRequest } from '../../core/model/agents/hosted-request.ts';
import type { HostedRunner } from './hosted-runner.ts';

/** How long a task waits for an extension that is just being activated. */
const PATIENCE_MS = 30_000;
/** What a path of a socket may be long on every system. */
const LONGEST_ADDRESS = 100;
const FAILED = 1;

interface RunnerServerPorts {
  readonly home: string;
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  readonly log: Log;
}

/** Where programs of tasks ask this window's runners to carry them out. It listens from the first runner on, and only to this user. */
export class RunnerServer implements Disposable {
  private readonly ports: RunnerServerPorts;
  private readonly runners = new Map<string, HostedRunner>();
  private readonly waiting = new Set<() => void>();
  private readonly sockets = new Set<net.Socket>();
  private readonly secret = randomBytes(24).toString('hex');
  /** Of this window alone. */
  private readonly name = `${process.pid}-${randomBytes(4).toString('hex')}`;
  private listening: Promise<{ readonly server: net.Server; readonly address: string }> | undefined;
  private isDisposed = false;
  private ownFolder: string | undefined;
  private files: readonly string[] = [];

  constructor(ports: RunnerServerPorts) {
    this.ports = ports;
  }

  /**
   * Tasks with this `runner` are carried out so from now on.
   * @throws UserError when there is such a runner already.
   */
  add(name: string, runner: HostedRunner): Disposable {
    if (this.runners.has(name)) throw new UserError(`There is a runner \`${name}\` already;`, 'choose another name.');
    this.runners.set(name, runner);
    for (const wake of [...this.waiting]) wake();
    void this.listen();
    return { dispose: () => this.runners.delete(name) };
  }

  /** The folders of the window changed. */
  async foldersChanged(): Promise<void> {
    if (this.listening !== undefined) this.tell((await this.listening).address);
  }

  /** Resolves when programs can reach this window. */
  async listen(): Promise<void> {
    this.listening ??= this.open();
    await this.listening.catch((error: unknown) => {
      this.listening = undefined;
      if (!this.isDisposed) this.ports.log.write('error', `Runners of extensions cannot be reached: ${messageOf(error)}`);
    });
  }

  dispose(): void {
    this.isDisposed = true;
    void this.listening?.then(({ server }) => server.close()).catch(() => undefined);
    for (const socket of this.sockets) socket.destroy();
    for (const file of [...this.files, ...(this.ownFolder === undefined ? [] : [this.ownFolder])]) rmSync(file, { recursive: true, force: true });
    this.runners.clear();
  }

  private async open(): Promise<{ readonly server: net.Server; readonly address: string }> {
    const folder = path.join(this.ports.home, 'windows');
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const server = net.createServer((socket) => this.serve(socket));
    const beside = path.join(folder, `${this.name}.sock`);
    if (process.platform !== 'win32' && beside.length > LONGEST_ADDRESS) this.ownFolder = mkdtempSync(path.join(os.tmpdir(), 'pw-'));
    const address = process.platform === 'win32' ? `\\\\.\\pipe\\parallel-workflow-${this.name}` : this.ownFolder === undefined ? beside : path.join(this.ownFolder, 's');
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(address, resolve));
    try {
      if (this.isDisposed) throw new Error('the window is being closed');
      this.tell(address);
    } catch (error) {
      server.close();
      throw error;
    }
    return { server, address };
  }

  private tell(address: string): void {
    const { home, roots } = this.ports;
    for (const file of this.files) rmSync(file, { force: true });
    this.files = roots().map((root) => writeAddress(home, root, { pid: process.pid, address, secret: this.secret }, this.name));
  }

  private serve(socket: net.Socket): void {
    this.sockets.add(socket);
    const ending = new AbortController();
    socket.on('error', () => ending.abort());
    socket.once('close', () => {
      this.sockets.delete(socket);
      ending.abort();
    });
    const say = (message: HostedMessage): void => {
      if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
    };
    createInterface({ input: socket }).once('line', (line) => {
      void this.carryOut(line, say, ending.signal).then((code) => {
        if (code !== undefined) say({ type: 'end', code });
        socket.end();
      });
    }).on('error', () => undefined);
  }

  /** Nothing for somebody who does not know the secret, or who is gone. */
  private async carryOut(line: string, say: (message: HostedMessage) => void, signal: AbortSignal): Promise<number | undefined> {
    try {
      const { secret, request } = JSON.parse(line) as HostedOrder;
      if (secret !== this.secret) return undefined;
      const runner = await this.runnerFor(request, signal);
      const code = await runner(request, say, signal);
      return signal.aborted ? undefined : code;
    } catch (error) {
      say({ type: 'error', text: `${messageOf(error)}\n` });
      return FAILED;
    }
  }

  private async runnerFor({ runner, name }: HostedRequest, signal: AbortSignal): Promise<HostedRunner> {
    const { clock } = this.ports;
    const late = clock.now() + PATIENCE_MS;
    for (;;) {
      const found = this.runners.get(runner);
      if (found !== undefined) return found;
      if (signal.aborted || clock.now() >= late)
        throw new UserError(
          `No extension in this window brings the runner \`${runner}\` that “${name}” needs;`,
          'install and enable the one that does, and queue the task again.',
        );
      await this.nextRunner(late - clock.now(), signal);
    }
  }

  private nextRunner(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.waiting.delete(wake);
        signal.removeEventListener('abort', wake);
        resolve();
      };
      const cancel = this.ports.clock.after(ms, wake);
      this.waiting.add(wake);
      signal.addEventListener('abort', wake, { once: true });
    });
  }
}
