import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { serverNode } from '../../../scripts/node.mjs';
import { installedServer } from './installation.ts';
import { endGroup, livingProcesses, signal, type ProcessRecord } from './processes.ts';

export interface ServerOptions {
  /** Folder for everything the server writes; its settings are in `data/User/settings.json`. */
  readonly home: string;
  readonly userDataDir?: string;
  readonly extensionsDir?: string;
  readonly port?: number;
  /** With trust, every folder is trusted and nobody is asked. */
  readonly trust: boolean;
  /** Added to this process's environment; the extension host and all it starts see it. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A running VS Code Server on 127.0.0.1. */
export class VSCodeServer {
  readonly #process: ChildProcess;
  readonly #lines = new EventEmitter<{ line: [string] }>();
  readonly #release: () => unknown;
  #log = '';
  #port = 0;

  private constructor(child: ChildProcess) {
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#log += chunk;
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) this.#lines.emit('line', line);
      });
    }
    this.#release = killWithThisProcess(this.pid);
  }

  static async start(options: ServerOptions): Promise<VSCodeServer> {
    const vscode = await installedServer();
    const child = spawn(serverNode(), [join(vscode, 'out', 'server-main.js'), ...serverArguments(options)], {
      cwd: options.home,
      detached: true, // A process group of its own, so that all of it can be ended.
      env: serverEnvironment(options.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const server = new VSCodeServer(child);
    const line = await server.waitForLine(/Extension host agent listening on \d+/, 60_000);
    server.#port = Number(/\d+$/.exec(line)?.[0]);
    return server;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Host and port as they stand in the address bar. */
  get authority(): string {
    return `127.0.0.1:${this.#port}`;
  }

  get log(): string {
    return this.#log;
  }

  /** Resolves with the first line from now on that matches; fails when the server ends or time is up. */
  waitForLine(pattern: RegExp, timeoutMs: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        this.#lines.off('line', onLine);
        this.#process.off('exit', onExit).off('error', onError);
        act();
      };
      const fail = (what: string) => settle(() => reject(new Error(`The VS Code Server ${what} while waiting for ${String(pattern)}. Its log:\n${this.#log}`)));
      const onLine = (line: string) => void (pattern.test(line) && settle(() => resolve(line)));
      const onExit = (code: number | null, by: string | null) => fail(`ended (${by ?? code})`);
      const onError = (error: Error) => fail(`could not be started (${error.message})`);
      const timer = setTimeout(() => fail(`did not say so in ${timeoutMs / 1000} s`), timeoutMs);
      this.#lines.on('line', onLine);
      this.#process.once('exit', onExit).once('error', onError);
    });
  }

  /** One for each open window, oldest first. */
  extensionHosts(): readonly number[] {
    return this.#children('--type=extensionHost').map(({ pid }) => pid);
  }

  #children(mark: string): readonly ProcessRecord[] {
    return livingProcesses()
      .filter(({ parent, command }) => parent === this.pid && command.includes(mark))
      .sort((a, b) => a.pid - b.pid);
  }

  /** Resolves when the server and every process of its group have ended. */
  async stop(): Promise<void> {
    await endGroup(this.pid, 5000);
    this.#release();
  }
}

function serverArguments({ home, userDataDir, extensionsDir, port, trust }: ServerOptions): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(port ?? 0), '--without-connection-token', '--accept-server-license-terms'],
    ...['--server-data-dir', home, '--user-data-dir', userDataDir ?? join(home, 'data')],
    ...['--extensions-dir', extensionsDir ?? join(home, 'extensions'), '--telemetry-level', 'off'],
    // Only with this does a built server load the extension that an address names.
    '--enable-smoke-test-driver',
    ...(trust ? ['--disable-workspace-trust'] : []),
  ];
}

function serverEnvironment(added: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    // What a test runner or another VS Code left here would change how the server and our tasks behave.
    ([name]) => !/^(NODE_OPTIONS|NODE_TEST_|NODE_CHANNEL_|VSCODE_|ELECTRON_)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ...added };
}

/** When this process exits, the group does. Returns what takes that back. */
function killWithThisProcess(leader: number): () => unknown {
  const onExit = () => signal(-leader, 'SIGKILL');
  process.on('exit', onExit);
  return () => process.off('exit', onExit);
}
