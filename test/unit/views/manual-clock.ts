import type { Clock } from '../../../src/core/base/clock.ts';

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

/** A clock that moves when it is told to. */
export class ManualClock implements Clock {
  private time: number;
  private readonly timers = new Set<Timer>();

  constructor(time = 0) {
    this.time = time;
  }

  get pending(): number {
    return this.timers.size;
  }

  now(): number {
    return this.time;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { at: this.time + Math.max(0, delayMs), act };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Runs what falls due, in its order, letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.delete(due);
      this.time = Math.max(this.time, due.at);
      due.act();
      await settled();
    }
    this.time = end;
    await settled();
  }

  setBack(ms: number): void {
    this.time -= ms;
  }
}

/** All promise reactions that are ready have run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
