import type { Monotonic } from './monotonic.ts';

/** A figure that takes too long to be waited for: read now and then in the background, and told as it was last seen. */
export class BackgroundReading<T> {
  private readonly read: () => Promise<T>;
  private readonly periodMs: (last: T | undefined) => number;
  private readonly monotonic: Monotonic;
  private value: T | undefined;
  private dueAt: number;
  private isReading = false;

  /** `periodMs` is how long until the next reading, `Infinity` for none; `delayMs` how long until the first. */
  constructor(read: () => Promise<T>, periodMs: (last: T | undefined) => number, monotonic: Monotonic, delayMs = 0) {
    this.read = read;
    this.periodMs = periodMs;
    this.monotonic = monotonic;
    this.dueAt = monotonic() + delayMs;
  }

  /** `undefined` before the first reading, and after one that failed. */
  latest(): T | undefined {
    if (!this.isReading && this.monotonic() >= this.dueAt) void this.look();
    return this.value;
  }

  private async look(): Promise<void> {
    this.isReading = true;
    try {
      this.value = await this.read();
    } catch {
      this.value = undefined;
    } finally {
      this.isReading = false;
      this.dueAt = this.monotonic() + this.periodMs(this.value);
    }
  }
}
