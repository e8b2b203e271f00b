import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';

/** A command that has our input, output and terminal until it ends. */
export interface ForegroundCommand {
  readonly pid: number;
  /** Its exit code; as shells say it, 128 plus the number of the signal that ended it. */
  readonly ended: Promise<number>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a program without a shell; rejects with the system's error when it cannot be started. */
export async function startInForeground([program, ...args]: readonly string[], env: NodeJS.ProcessEnv): Promise<ForegroundCommand> {
  const child = spawn(program!, args, { env, stdio: 'inherit' });
  const ended = new Promise<number>((resolve) => child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 0) : 128 + constants.signals[signal])));
  await once(child, 'spawn');
  return { pid: child.pid!, ended, kill: (signal) => void child.kill(signal) };
}
