import type { Clock } from '../../core/base/clock.ts';

const DOUBLE_CLICK_MS = 500;

/**
 * Tells opening from selecting. VS Code reports a click and Enter alike: a row opens at the second click within
 * half a second, or at once when Enter has been announced.
 */
export class RowActivation {
  private readonly clock: Clock;
  private last: { readonly id: string; readonly at: number } | undefined;
  private announcedAt = -Infinity;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** The next activation comes from the keyboard. */
  announceKey(): void {
    this.announcedAt = this.clock.now();
  }

  /** Whether this activation of a row opens it. */
  opens(id: string): boolean {
    const now = this.clock.now();
    const isSoon = (at: number): boolean => now - at >= 0 && now - at <= DOUBLE_CLICK_MS;
    if (isSoon(this.announcedAt) || (this.last?.id === id && isSoon(this.last.at))) {
      this.announcedAt = -Infinity;
      this.last = undefined;
      return true;
    }
    this.last = { id, at: now };
    return false;
  }
}
