import type { Clock } from '../core/base/clock.ts';

/** Calls at a period that can change, and not at all while there is none. */
export class Ticker {
  private readonly clock: Clock;
  private readonly tick: () => void;
  private periodMs: number | undefined;
  private cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, tick: () => void) {
    this.clock = clock;
    this.tick = tick;
  }

  setPeriod(periodMs: number | undefined): void {
    if (periodMs === this.periodMs) return;
    this.periodMs = periodMs;
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    this.arm();
  }

  dispose(): void {
    this.setPeriod(undefined);
  }

  private arm(): void {
    if (this.periodMs === undefined) return;
    this.cancelTimer = this.clock.after(this.periodMs, () => {
      this.arm();
      this.tick();
    });
  }
}
