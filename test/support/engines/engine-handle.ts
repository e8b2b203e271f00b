import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ChangeNotice, EnginePort } from '../../../src/core/engine/engine-port.ts';
import type { EngineCall, EngineMessage, EngineProcessOptions, Method } from './engine-call.ts';

const PROGRAM = fileURLToPath(new URL('engine-process.ts', import.meta.url));

interface Answer {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export type ChangeListener = (notice: ChangeNotice, at: number) => void;

/** An engine in a process of its own, as the test that started it holds it. */
export class EngineHandle {
  readonly pid: number;
  /** Resolves when the engine is open; rejects when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves with the signal that ended the process, if one did. */
  readonly ended: Promise<NodeJS.Signals | undefined>;
  isReady = false;
  hasEnded = false;
  private readonly child: ChildProcess;
  private readonly answers = new Map<number, Answer>();
  private readonly listeners = new Set<ChangeListener>();
  private calls = 0;

  constructor(options: EngineProcessOptions, env: NodeJS.ProcessEnv) {
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    this.child = fork(PROGRAM, [JSON.stringify(options)], { env, execArgv, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.pid = this.child.pid!;
    this.ended = new Promise((resolve) => {
      this.child.once('exit', (_code, signal) => {
        this.hasEnded = true;
        for (const answer of this.answers.values()) answer.reject(this.gone(signal));
        resolve(signal ?? undefined);
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.child.on('message', (message: EngineMessage) => {
        if (message.type === 'ready') resolve();
        else if (message.type === 'failed') reject(new Error(message.message));
        else this.receive(message);
      });
      void this.ended.then((signal) => reject(this.gone(signal)));
    });
    // Nobody may be waiting when it is killed at its start.
    this.ready.then(() => (this.isReady = true), () => undefined);
  }

  /** Calls a method of the engine over there; rejects when the process ends before it answers. */
  call<M extends Method>(method: M, ...args: Parameters<EnginePort[M]>): ReturnType<EnginePort[M]> {
    const call = ++this.calls;
    const answer = new Promise((resolve, reject: (error: Error) => void) => {
      this.answers.set(call, { resolve, reject });
      this.child.send({ call, method, args } satisfies EngineCall, (error) => error !== null && reject(error));
    });
    // Nobody may be waiting for it any more when the process is killed.
    answer.catch(() => undefined);
    return answer as ReturnType<EnginePort[M]>;
  }

  /** `at` is when the other process was told, milliseconds since the epoch with fractions. */
  onDidChange(listener: ChangeListener): void {
    this.listeners.add(listener);
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.hasEnded) this.child.kill(signal);
  }

  /** Ends the process at once, without a chance to tidy up. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.ended;
  }

  private receive(message: Exclude<EngineMessage, { type: 'ready' | 'failed' }>): void {
    switch (message.type) {
      case 'answer':
        return this.take(message.call)?.resolve(message.value);
      case 'error':
        return this.take(message.call)?.reject(new Error(message.message));
      case 'changed':
        for (const listener of this.listeners) listener(message.notice, message.at);
    }
  }

  private take(call: number): Answer | undefined {
    const answer = this.answers.get(call);
    this.answers.delete(call);
    return answer;
  }

  private gone(signal: NodeJS.Signals | undefined | null): Error {
    return new Error(`Engine process ${this.pid} has ended (${signal ?? 'by itself'})`);
  }
}
