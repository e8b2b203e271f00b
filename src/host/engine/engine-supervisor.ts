import type { Clock } from '../../core/base/clock.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import type { EngineOptions } from '../../core/engine/engine-options.ts';
import { EngineTrouble } from './engine-trouble.ts';
import { deferred, type Deferred } from './deferred.ts';
import { EngineConnection } from './engine-connection.ts';
import type { StartThread } from './engine-thread.ts';

const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 30_000;
/** An engine that held for so long is no longer part of a series of crashes. */
const STEADY_MS = 30_000;
/** After so many crashes in a row, calls are no longer kept waiting for the next try. */
const PATIENCE = 3;

/**
 * Keeps one engine open: starts it on the first use, again when it crashes (the store keeps what was going on), and
 * anew when its options change.
 */
export class EngineSupervisor {
  private readonly start: StartThread;
  private readonly options: () => EngineOptions;
  private readonly log: Log;
  private readonly clock: Clock;
  private readonly openEmitter = new Emitter<void>();
  private readonly failEmitter = new Emitter<Error>();
  private readonly eventEmitter = new Emitter<{ readonly name: string; readonly value: unknown }>();
  private current: EngineConnection | undefined;
  private openSince: number | undefined;
  /** Resolves with the next connection that is open. */
  private next: Deferred<EngineConnection> = deferred();
  /** Why calls are turned away until an engine is open again. */
  private trouble: Error | undefined;
  private crashes = 0;
  private cancelRetry: (() => void) | undefined;
  /** Engines that are letting go, so that another may open. */
  private replacements = 0;
  private closed = false;

  readonly onDidOpen = this.openEmitter.event;
  /** No engine can be opened: it says no, or crashes again and again. It is tried further. */
  readonly onDidFail = this.failEmitter.event;
  /** Events of whichever engine is open. */
  readonly onDidEmit = this.eventEmitter.event;

  constructor(start: StartThread, options: () => EngineOptions, log: Log, clock: Clock) {
    this.start = start;
    this.options = options;
    this.log = log;
    this.clock = clock;
  }

  /** The open engine, or the next one. */
  async connection(): Promise<EngineConnection> {
    if (this.closed) throw new Error('The engine was closed');
    if (this.trouble !== undefined) throw this.trouble;
    this.open();
    return this.next.promise;
  }

  /** Opens an engine unless one is open or about to be. */
  open(): void {
    if (this.closed || this.current !== undefined || this.cancelRetry !== undefined || this.replacements > 0) return;
    const connection = new EngineConnection(this.start, this.options(), this.clock);
    this.current = connection;
    connection.onDidEmit((event) => this.eventEmitter.fire(event));
    connection.onDidCrash((reason) => this.lost(connection, reason));
    connection.opened.then(
      () => this.isOpen(connection),
      (error: Error) => {
        void connection.close();
        this.lost(connection, error);
      },
    );
  }

  /** Replaces the engine by one with today's options. Running tasks go on; calls from now on are for the new one. */
  async replace(): Promise<void> {
    const { current } = this;
    this.forget();
    this.crashes = 0;
    this.trouble = undefined;
    // Whoever waits goes on waiting, unless an engine was open, whose promise is used up.
    if (this.openSince !== undefined) this.next = deferred();
    this.openSince = undefined;
    this.replacements++;
    await current?.close();
    this.replacements--;
    this.open();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    const { current } = this;
    this.forget();
    this.next.reject(new Error('The engine was closed'));
    await current?.close();
  }

  private isOpen(connection: EngineConnection): void {
    if (this.current !== connection) return;
    this.trouble = undefined;
    this.openSince = this.clock.now();
    this.next.resolve(connection);
    this.openEmitter.fire();
  }

  private lost(connection: EngineConnection, reason: Error): void {
    if (this.current !== connection) return;
    this.forget();
    if (this.openSince !== undefined) {
      if (this.clock.now() - this.openSince > STEADY_MS) this.crashes = 0;
      this.next = deferred();
      this.openSince = undefined;
    }
    const delay = Math.min(FIRST_BACKOFF_MS * 2 ** this.crashes, LONGEST_BACKOFF_MS);
    this.crashes++;
    this.log.write('error', `The engine stopped: ${messageOf(reason)} It is started again in ${delay} ms; running tasks go on.`);
    this.log.write('debug', reason.stack ?? '');
    if (reason instanceof UserError || this.crashes >= PATIENCE) {
      const isNews = reason instanceof UserError ? this.trouble === undefined : this.crashes === PATIENCE;
      this.trouble = reason instanceof UserError ? reason : new EngineTrouble(`The engine does not start: ${reason.message}`, 'Show the engine log to see why; it is tried again.');
      this.next.reject(this.trouble);
      this.next = deferred();
      if (isNews) this.failEmitter.fire(this.trouble);
    }
    this.cancelRetry = this.clock.after(delay, () => {
      this.cancelRetry = undefined;
      this.open();
    });
  }

  private forget(): void {
    this.current = undefined;
    this.cancelRetry?.();
    this.cancelRetry = undefined;
  }
}
