import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import type { Writable } from 'node:stream';
import { pathFinder } from '../../core/launch/find-program.ts';

/** A command that has our input, output and terminal until it ends. */
export interface ForegroundCommand {
  /** Its process, already there before it begins. */
  readonly pid: number;
  /** Its exit code; as shells say it, 128 plus the number of the signal that ended it. */
  readonly ended: Promise<number>;
  /** Lets it do its first step. Where there is no `sh` it has begun already. */
  begin(): void;
  kill(signal: NodeJS.Signals): void;
}

/** Becomes the command at a line on descriptor 3, with the same process; ends without it when we are gone before. */
const GATE = 'read -r _ <&3 || exit 75; exec 3<&-; exec "$@"';

/** Makes a command ready to begin; rejects with the system's error when it cannot be started. Its words go through no shell's hands. */
export async function startInForeground(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<ForegroundCommand> {
  const isGated = process.platform !== 'win32';
  const [program, ...args] = isGated ? ['/bin/sh', '-c', GATE, 'sh', ...argv] : argv;
  if (isGated) requireProgram(argv[0]!, env);
  const child = spawn(program!, args, { env, stdio: ['inherit', 'inherit', 'inherit', ...(isGated ? ['pipe' as const] : [])] });
  const ended = new Promise<number>((resolve) => child.once('exit', (code, signal) => resolve(signal === null ? (code ?? 0) : 128 + constants.signals[signal])));
  await once(child, 'spawn');
  const gate = child.stdio[3] as Writable | undefined;
  // It may have been ended before it began.
  gate?.on('error', () => undefined);
  return { pid: child.pid!, ended, begin: () => void gate?.end('\n'), kill: (signal) => void child.kill(signal) };
}

/** Told before, in the system's words: `sh` has words of its own for it. */
function requireProgram(program: string, env: NodeJS.ProcessEnv): void {
  if (pathFinder(env).find(program) !== undefined) return;
  const isThere = program.includes('/') && existsSync(program);
  throw Object.assign(new Error(isThere ? 'it is not executable' : 'there is no such program'), { code: isThere ? 'EACCES' : 'ENOENT' });
}
