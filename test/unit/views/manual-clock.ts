import type { Clock } from '../../../src/core/base/clock.ts';

interface Timer {
  readonly at: number;
  readonly act: () => void;
}

/** A clock that moves when it is told to. As on a real machine timers take no note of its being set. */
export class ManualClock implements Clock {
  private elapsed = 0;
  private offset: number;
  private readonly timers = new Set<Timer>();

  constructor(time = 0) {
    this.offset = time;
  }

  get pending(): number {
    return this.timers.size;
  }

  now(): number {
    return this.elapsed + this.offset;
  }

  after(delayMs: number, act: () => void): () => void {
    const timer = { at: this.elapsed + Math.max(0, delayMs), act };
    this.timers.add(timer);
    return () => this.timers.delete(timer);
  }

  /** Runs what falls due, in its order, letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const end = this.elapsed + ms;
    for (;;) {
      const due = [...this.timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.timers.delete(due);
      this.elapsed = Math.max(this.elapsed, due.at);
      due.act();
      await settled();
    }
    this.elapsed = end;
    await settled();
  }

  setBack(ms: number): void {
    this.offset -= ms;
  }

  /** As after a sleep of the machine. */
  leap(ms: number): void {
    this.offset += ms;
  }
}

/** All promise reactions that are ready have run. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
