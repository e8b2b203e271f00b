import type { Clock } from '../core/base/clock.ts';

/** Gathers bursts: the first item is passed on at once, what follows together after a pause; never two at a time. */
export class Coalescer<T> {
  private readonly clock: Clock;
  private readonly pauseMs: () => number;
  private readonly pass: (items: readonly T[]) => Promise<void>;
  private items: T[] = [];
  private cancelTimer: (() => void) | undefined;
  private isBusy = false;
  private lastEnd = -Infinity;
  private isDisposed = false;

  constructor(clock: Clock, pauseMs: () => number, pass: (items: readonly T[]) => Promise<void>) {
    this.clock = clock;
    this.pauseMs = pauseMs;
    this.pass = pass;
  }

  add(item: T): void {
    if (this.isDisposed) return;
    this.items.push(item);
    this.arm();
  }

  dispose(): void {
    this.isDisposed = true;
    this.items = [];
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  private arm(): void {
    if (this.isDisposed || this.isBusy || this.cancelTimer !== undefined || this.items.length === 0) return;
    const wait = this.lastEnd + this.pauseMs() - this.clock.now();
    // A clock that was set back must not silence the view.
    this.cancelTimer = this.clock.after(Math.min(Math.max(0, wait), this.pauseMs()), () => {
      this.cancelTimer = undefined;
      void this.flush();
    });
  }

  private async flush(): Promise<void> {
    this.isBusy = true;
    try {
      await this.pass(this.items.splice(0));
    } finally {
      this.isBusy = false;
      this.lastEnd = this.clock.now();
      this.arm();
    }
  }
}
