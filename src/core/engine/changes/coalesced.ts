import type { Clock } from '../../base/clock.ts';

/** Runs `act` once for any number of requests that come in before it runs. */
export class Coalesced {
  private readonly act: () => void;
  private readonly clock: Clock;
  private cancel: (() => void) | undefined;
  private dueAt = Number.POSITIVE_INFINITY;
  private disposed = false;

  constructor(clock: Clock, act: () => void) {
    this.clock = clock;
    this.act = act;
  }

  /** Asks for a run within `delayMs`; an earlier request that is due later is brought forward. */
  request(delayMs: number): void {
    const dueAt = this.clock.now() + delayMs;
    if (this.disposed || dueAt >= this.dueAt) return;
    this.cancel?.();
    this.dueAt = dueAt;
    const run = (): void => {
      this.cancel = undefined;
      this.dueAt = Number.POSITIVE_INFINITY;
      this.act();
    };
    if (delayMs > 0) {
      this.cancel = this.clock.after(delayMs, run);
      return;
    }
    const immediate = setImmediate(run);
    this.cancel = () => clearImmediate(immediate);
  }

  dispose(): void {
    this.disposed = true;
    this.cancel?.();
  }
}
