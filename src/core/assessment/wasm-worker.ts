import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock.ts';
import { UserError } from '../base/user-error.ts';
import type { RuffAnswer } from './ruff-runner.ts';
import type { WasmReply, WasmRequest } from './wasm-message.ts';

/** Beside this file as source, beside the bundle where it is part of one. */
const ENTRY = new URL(import.meta.url.endsWith('.ts') ? './wasm-thread.ts' : './ruff-thread.cjs', import.meta.url);
/** Deeply nested code needs a deep stack; with Node's 4 MB a sum of some thousand terms is too much. */
const STACK_MB = 32;
/** For one file; the largest that is looked at takes less than a second. */
const LONGEST_MS = 60_000;

/** One thread with the WASM build. It looks at one text at a time, and is worn out once it has failed. */
export class WasmWorker {
  /** Resolves when it can be asked; rejects when it cannot be started. */
  readonly ready: Promise<void>;
  private readonly worker: Worker;
  private readonly clock: Clock;
  private answer: ((answer: RuffAnswer) => void) | undefined;
  private isWornOut = false;

  constructor(clock: Clock) {
    this.clock = clock;
    this.worker = new Worker(ENTRY, { name: 'parallel-workflow ruff', resourceLimits: { stackSizeMb: STACK_MB } });
    this.ready = new Promise((resolve, reject) => {
      this.worker.on('message', (reply: WasmReply) => {
        if (reply.type === 'ready') resolve();
        else this.settle(reply);
      });
      const end = (why: string): void => {
        reject(new UserError(`The built-in ruff cannot be started: ${why}.`, 'Install ruff, or name it in the setting `parallelWorkflow.programs.ruff`.'));
        this.settle({ type: 'failed', why });
      };
      this.worker.on('error', ({ message }) => end(message));
      this.worker.on('exit', (code) => end(`its thread ended with code ${code}`));
    });
    // Whoever waits keeps the process; the thread alone does not.
    this.ready.then(() => this.worker.unref(), () => undefined);
  }

  get isUsable(): boolean {
    return !this.isWornOut;
  }

  async check(text: string): Promise<RuffAnswer> {
    await this.ready;
    this.worker.ref();
    const cancel = this.clock.after(LONGEST_MS, () => this.settle({ type: 'failed', why: `it took longer than ${LONGEST_MS / 1000} s` }));
    try {
      const answer = await new Promise<RuffAnswer>((resolve) => {
        this.answer = resolve;
        if (this.isWornOut) this.settle({ type: 'failed', why: 'its thread has ended' });
        else this.worker.postMessage({ text } satisfies WasmRequest);
      });
      // What is left of its memory after a crash is not to be relied on.
      if (answer.type === 'failed') this.isWornOut = true;
      return answer;
    } finally {
      cancel();
      this.worker.unref();
    }
  }

  async close(): Promise<void> {
    this.isWornOut = true;
    await this.worker.terminate();
  }

  private settle(answer: RuffAnswer): void {
    if (answer.type === 'failed') this.isWornOut = true;
    this.answer?.(answer);
    this.answer = undefined;
  }
}
