import type { Traffic } from './machine-sensors.ts';
import type { Monotonic } from './monotonic.ts';

/** Bytes counted so far, by the name of the device that counts. */
export type TrafficCounters = ReadonlyMap<string, Traffic>;

interface Mark {
  readonly at: number;
  readonly counters: TrafficCounters;
}

/** Bytes a second between two looks at counters. */
export class TrafficMeter {
  private readonly readCounters: () => TrafficCounters | undefined;
  private readonly monotonic: Monotonic;
  private mark: Mark | undefined;
  private latest: Traffic | undefined;

  constructor(readCounters: () => TrafficCounters | undefined, monotonic: Monotonic) {
    this.readCounters = readCounters;
    this.monotonic = monotonic;
  }

  /** `undefined` at the first look, when nothing can be read, and when a counter has gone back: it was reset, or is full. */
  read(): Traffic | undefined {
    const counters = this.readCounters();
    if (counters === undefined) return undefined;
    const before = this.mark;
    const now: Mark = { at: this.monotonic(), counters };
    this.mark = now;
    if (before === undefined) return undefined;
    const seconds = (now.at - before.at) / 1000;
    if (seconds <= 0) return this.latest;
    let received = 0;
    let sent = 0;
    for (const [name, counter] of counters) {
      const was = before.counters.get(name);
      // A device that was plugged in meanwhile: what it counted before was not now.
      if (was === undefined) continue;
      if (counter.in < was.in || counter.out < was.out) return undefined;
      received += counter.in - was.in;
      sent += counter.out - was.out;
    }
    this.latest = { in: received / seconds, out: sent / seconds };
    return this.latest;
  }
}
