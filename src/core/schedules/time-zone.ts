const DAY_MS = 86_400_000;
/** No zone changes its clocks there and back within so short a time. */
const STRIDE_MS = 10 * DAY_MS;

/**
 * The clocks of a time zone, by the platform's time zone data. What they read is told as a *wall time*: the milliseconds since
 * the epoch at which clocks in UTC read the same.
 */
export class TimeZone {
  readonly name: string;
  private readonly format: Intl.DateTimeFormat;

  /** @throws RangeError for a name that the platform does not know. */
  constructor(name: string) {
    const timeZone = name === 'local' ? undefined : name;
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23',
      year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric',
    });
    this.name = this.format.resolvedOptions().timeZone;
  }

  /** What clocks read at an instant. */
  wallAt(at: number): number {
    const parts: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(at)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts as Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', number>;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (at - Math.floor(at / 1000) * 1000);
  }

  /** How far clocks are ahead of UTC, milliseconds. */
  offsetAt(at: number): number {
    return this.wallAt(at) - at;
  }

  /**
   * The first moment at which clocks read this or later: of a time that comes twice the first, for one that is left out
   * the moment at which clocks are put forward over it.
   */
  instantOf(wall: number): number {
    const early = this.offsetAt(wall - DAY_MS);
    const change = this.firstChange(wall - DAY_MS, wall + DAY_MS);
    if (change === undefined || wall - early < change) return wall - early;
    return Math.max(change, wall - this.offsetAt(change));
  }

  /** The first moment after `from`, up to `to`, at which the offset is another; `undefined` when it stays the same. */
  firstChange(from: number, to: number): number | undefined {
    const offset = this.offsetAt(from);
    let low = from;
    for (;;) {
      const next = Math.min(low + STRIDE_MS, to);
      if (this.offsetAt(next) !== offset) return this.changeBetween(low, next, offset);
      if (next >= to) return undefined;
      low = next;
    }
  }

  private changeBetween(before: number, after: number, offset: number): number {
    let [low, high] = [before, after];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.offsetAt(middle) === offset) low = middle;
      else high = middle;
    }
    return high;
  }
}

/** Whether the platform knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && new TimeZone(name).name !== '';
  } catch {
    return false;
  }
}
