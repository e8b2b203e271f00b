import { spawn } from 'node:child_process';

export interface Launched {
  readonly pid: number;
  /** Resolves with the status when the process has ended; `undefined` when a signal ended it. */
  readonly ended: Promise<number | undefined>;
}

export interface LaunchOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Starts a program as the leader of its own group, tied to nothing of ours. */
export type Spawn = (argv: readonly string[], options: LaunchOptions) => Promise<Launched>;

/**
 * Node's own `spawn`: the child has no pipes to read and must not end with us, so nothing of what a wrapper adds is wanted
 * here, and it would double the cost of a start.
 * @throws the system's error when the program cannot be started.
 */
export const spawnDetached: Spawn = (argv, options) =>
  new Promise((resolve, reject) => {
    const [file = '', ...args] = argv;
    const child = spawn(file, args, { ...options, detached: true, stdio: 'ignore', windowsHide: true });
    if (child.pid === undefined) {
      child.once('error', reject);
      return;
    }
    child.unref();
    resolve({ pid: child.pid, ended: new Promise((done) => child.once('exit', (code) => done(code ?? undefined))) });
  });
