import type { Monotonic } from './monotonic.ts';

const WINDOW_MS = 60_000;

/** CPU time of this thread; of the whole process where that cannot be told, which is never less. */
function threadCpuMs(): number {
  // Newer than the oldest Node that we run on.
  const { user, system } = (process as Partial<Pick<NodeJS.Process, 'threadCpuUsage'>>).threadCpuUsage?.() ?? process.cpuUsage();
  return (user + system) / 1000;
}

/** What looking at the machine costs: CPU time around each synchronous part of it, as a share of one core over the last minute. */
export class OwnCost {
  private readonly monotonic: Monotonic;
  private readonly cpuMs: () => number;
  private readonly startedAt: number;
  private readonly spent: { readonly at: number; readonly ms: number }[] = [];

  constructor(monotonic: Monotonic, cpuMs: () => number = threadCpuMs) {
    this.monotonic = monotonic;
    this.cpuMs = cpuMs;
    this.startedAt = monotonic();
  }

  measure<T>(act: () => T): T {
    const before = this.cpuMs();
    try {
      return act();
    } finally {
      this.spent.push({ at: this.monotonic(), ms: Math.max(0, this.cpuMs() - before) });
    }
  }

  /** 0..1; of the time since the start while that is less than a minute, and never of less than a second. */
  share(): number {
    const now = this.monotonic();
    while (this.spent.length > 0 && this.spent[0]!.at < now - WINDOW_MS) this.spent.shift();
    const span = Math.min(WINDOW_MS, Math.max(1000, now - this.startedAt));
    return this.spent.reduce((sum, { ms }) => sum + ms, 0) / span;
  }
}
