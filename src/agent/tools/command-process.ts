import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { UserError } from '../../core/base/user-error.ts';
import type { ProcessTable } from '../../core/process/process-table.ts';
import { BoundedOutput } from './bounded-output.ts';
import { CALL_MARK, CommandTree } from './command-tree.ts';

export interface CommandOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly limitMs: number;
  readonly signal: AbortSignal;
  readonly table: ProcessTable;
}

export interface CommandEnd {
  /** `undefined` when a signal ended it. */
  readonly code: number | undefined;
  readonly output: string;
  readonly why: 'ended' | 'tookTooLong' | 'unwanted';
  /** Processes that went on after it had ended, and were ended. */
  readonly leftBehind: number;
}

const GRACE_MS = 2000;
/** Output that a command wrote last is in the pipe when it ends; only somebody else who has the pipe keeps it open longer. */
const DRAIN_MS = 500;

/**
 * Runs a command to its end, or to the end of its time; nothing that it started outlives it.
 * @throws UserError when it cannot be started.
 */
export async function runToEnd(argv: readonly string[], { cwd, env, limitMs, signal, table }: CommandOptions): Promise<CommandEnd> {
  const [file = '', ...args] = argv;
  const mark = randomUUID();
  const child = spawn(file, args, { cwd, env: { ...env, [CALL_MARK]: mark }, detached: process.platform !== 'win32', stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  const output = new BoundedOutput();
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => output.add(text));
  const closed = once(child, 'close').catch(() => undefined);
  const exited = once(child, 'exit') as Promise<[number | null]>;
  if (child.pid === undefined) {
    const error = await exited.then(() => undefined, (thrown: unknown) => thrown as NodeJS.ErrnoException);
    throw notStarted(file, cwd, error);
  }
  const tree = new CommandTree(child.pid, mark, table);
  const limit = new AbortController();
  const why = await Promise.race([exited.then(() => 'ended' as const), delay(limitMs, 'tookTooLong' as const, { signal: limit.signal }), aborted(signal, limit.signal)]);
  limit.abort();
  const ended = await tree.end(GRACE_MS);
  const [code] = await exited;
  const drained = new AbortController();
  await Promise.race([closed, delay(DRAIN_MS, undefined, { signal: drained.signal })]);
  drained.abort();
  for (const stream of [child.stdout, child.stderr]) stream.destroy();
  return { code: code ?? undefined, output: output.text, why, leftBehind: why === 'ended' ? ended : 0 };
}

function aborted(signal: AbortSignal, over: AbortSignal): Promise<'unwanted'> {
  if (signal.aborted) return Promise.resolve('unwanted');
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('unwanted'), { once: true, signal: over }));
}

function notStarted(file: string, cwd: string, error: NodeJS.ErrnoException | undefined): UserError {
  if (error?.code === 'ENOENT') return new UserError(`There is no program \`${file}\`, or no folder \`${cwd}\`.`);
  return new UserError(`\`${file}\` cannot be started: ${error?.message ?? 'the system does not say why'}.`);
}
