import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { systemProcessTable } from '../../core/process/system-process-table.ts';
import { CALL_MARK, CommandTree } from '../tools/command-tree.ts';
import { readRunnerMessage, type RunnerMessage, type RunnerOrder } from './runner-message.ts';

/** How it ended without a word of its own. */
export interface RunnerExit {
  /** It could not be started for want of the program. */
  readonly isMissing: boolean;
  readonly how: string;
}

/** Between asking it to end and ending it. */
const GRACE_MS = 2000;

/** The Python program that speaks with AutoGen, with all that it starts. */
export class PythonRunner {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly mark = randomUUID();
  private readonly exit: Promise<RunnerExit>;

  constructor(python: string, cwd: string, env: NodeJS.ProcessEnv) {
    // Warnings of libraries are of no use to whoever reads the conversation, nor are compiled files beside ours.
    const args = ['-u', '-X', 'utf8', '-B', '-W', 'ignore', runnerFolder()];
    this.child = spawn(python, args, { cwd, env: { ...env, [CALL_MARK]: this.mark }, stdio: ['pipe', 'pipe', 'inherit'], windowsHide: true });
    // Whoever has ended does not listen; that he has is told by his exit.
    this.child.stdin.on('error', () => undefined);
    this.exit = this.exitOf(python);
  }

  tell(order: RunnerOrder): void {
    this.child.stdin.write(`${JSON.stringify(order)}\n`);
  }

  /** What it tells until it has ended. A line that is none of its own is a fault, and thrown. */
  async *messages(): AsyncGenerator<RunnerMessage> {
    for await (const line of createInterface({ input: this.child.stdout })) yield readRunnerMessage(line);
  }

  ended(): Promise<RunnerExit> {
    return this.exit;
  }

  /** Asks it to end, then sees to it; nothing of it is left. */
  async end(): Promise<void> {
    this.tell({ type: 'cancel' });
    this.child.stdin.end();
    const { pid } = this.child;
    if (pid === undefined) return;
    const over = new AbortController();
    await Promise.race([this.exit.then(() => over.abort()), delay(GRACE_MS, undefined, { signal: over.signal }).catch(() => undefined)]);
    await new CommandTree(pid, this.mark, systemProcessTable()).end(GRACE_MS);
    await this.exit;
  }

  private async exitOf(python: string): Promise<RunnerExit> {
    try {
      const [code, signal] = (await once(this.child, 'exit')) as [number | null, NodeJS.Signals | null];
      return { isMissing: false, how: signal === null ? `exit code ${code}` : `ended by ${signal}` };
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return { isMissing: code === 'ENOENT', how: `\`${python}\` cannot be started: ${message}` };
    }
  }
}

/** Where the Python side is: beside the bundle's folder, or beside the sources. */
function runnerFolder(): string {
  const found = ['..', '../../..'].map((up) => path.resolve(import.meta.dirname, up, 'python', 'agent_runner')).find((folder) => fs.existsSync(folder));
  if (found === undefined) throw new Error(`python/agent_runner is missing from the installation of ${import.meta.dirname}`);
  return found;
}
