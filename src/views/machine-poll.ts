import type { Clock } from '../core/base/clock.ts';

const BUSY_MS = 1000;
const IDLE_MS = 5000;

/** Looks at the machine each second while tasks run, else every five; the next look waits for the answer to the last. */
export class MachinePoll<T> {
  private readonly clock: Clock;
  private readonly look: () => Promise<T>;
  private readonly show: (sample: T) => void;
  private isOn = false;
  private isBusy = false;
  private isLooking = false;
  private lastAt = -Infinity;
  private cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, look: () => Promise<T>, show: (sample: T) => void) {
    this.clock = clock;
    this.look = look;
    this.show = show;
  }

  setOn(isOn: boolean): void {
    if (isOn === this.isOn) return;
    this.isOn = isOn;
    this.arm();
  }

  /** Whether tasks run. */
  setBusy(isBusy: boolean): void {
    if (isBusy === this.isBusy) return;
    this.isBusy = isBusy;
    this.arm();
  }

  dispose(): void {
    this.setOn(false);
  }

  private arm(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
    if (!this.isOn || this.isLooking) return;
    const period = this.isBusy ? BUSY_MS : IDLE_MS;
    const wait = Math.min(Math.max(0, this.lastAt + period - this.clock.now()), period);
    this.cancelTimer = this.clock.after(wait, () => void this.run());
  }

  private async run(): Promise<void> {
    this.isLooking = true;
    this.lastAt = this.clock.now();
    try {
      const sample = await this.look();
      if (this.isOn) this.show(sample);
    } catch {
      // The engine is being replaced: the figures stay until the next look.
    } finally {
      this.isLooking = false;
      this.arm();
    }
  }
}
