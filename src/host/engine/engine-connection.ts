import type { Clock } from '../../core/base/clock.ts';
import { UserError } from '../../core/base/user-error.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { EngineOptions } from '../../core/engine/engine-options.ts';
import { deferred } from './deferred.ts';
import { NOT_OPENED, OPENED, type EngineCall } from './engine-calls.ts';
import type { EngineThread, StartThread } from './engine-thread.ts';
import { fromRpcError } from './rpc-error.ts';
import type { RpcError } from './rpc-message.ts';
import { Rpc } from './rpc.ts';

/** How long an engine may take to let go before its thread is ended; the store makes either safe. */
const CLOSE_LIMIT_MS = 3000;

/** One thread with one engine, from its start to its end. */
export class EngineConnection {
  /** Resolves when the engine is open; rejects with why it could not be opened, or with the thread's end. */
  readonly opened: Promise<void>;
  private readonly thread: EngineThread;
  private readonly rpc: Rpc;
  private readonly clock: Clock;
  private readonly openedLatch = deferred<void>();
  private readonly eventEmitter = new Emitter<{ readonly name: string; readonly value: unknown }>();
  private readonly endEmitter = new Emitter<Error>();
  private failure: Error | undefined;
  private state: 'alive' | 'closing' | 'ended' = 'alive';

  readonly onDidEmit = this.eventEmitter.event;
  /** The thread ended though nobody asked it to. */
  readonly onDidCrash = this.endEmitter.event;

  constructor(start: StartThread, options: EngineOptions, clock: Clock) {
    this.clock = clock;
    this.opened = this.openedLatch.promise;
    this.thread = start(options);
    this.rpc = new Rpc(this.thread, {}, (name, value) => this.receive(name, value));
    this.thread.on('error', (error) => (this.failure = error));
    this.thread.on('exit', (code) => this.ended(this.failure ?? new Error(`The engine's thread ended with code ${code}`)));
  }

  request(method: EngineCall, args: readonly unknown[]): Promise<unknown> {
    return this.rpc.request(method, args);
  }

  /** Lets the engine let go of everything, then ends the thread. */
  async close(): Promise<void> {
    if (this.state !== 'alive') return;
    this.state = 'closing';
    const tooLong = deferred<void>();
    const cancel = this.clock.after(CLOSE_LIMIT_MS, () => tooLong.resolve());
    await Promise.race([this.rpc.request('close').catch(() => undefined), tooLong.promise]);
    cancel();
    this.rpc.end(new Error('The engine was closed'));
    await this.thread.terminate();
  }

  private receive(name: string, value: unknown): void {
    if (name === OPENED) {
      this.openedLatch.resolve();
    } else if (name === NOT_OPENED) {
      this.openedLatch.reject(fromRpcError(value as RpcError));
    } else {
      this.eventEmitter.fire({ name, value });
      if (name === 'onDidLoseHome') this.lost(String(value));
    }
  }

  /** An engine without its store is of no use; the next one begins anew. */
  private lost(loss: string): void {
    if (this.state !== 'alive') return;
    this.endEmitter.fire(new UserError(loss));
    void this.close();
  }

  private ended(reason: Error): void {
    const wasAsked = this.state === 'closing';
    this.state = 'ended';
    this.openedLatch.reject(reason);
    this.rpc.end(reason);
    if (!wasAsked) this.endEmitter.fire(reason);
  }
}
