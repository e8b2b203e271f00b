import type { CoreTicks } from './cpu-ticks.ts';
import type { CpuReading } from './machine-sensors.ts';
import type { Monotonic } from './monotonic.ts';

/** A limit on CPU time: so many cores, and the microseconds used so far of what is limited. */
export interface CpuQuota {
  readonly cores: number;
  readonly usedUs: number;
}

interface Mark {
  readonly at: number;
  readonly ticks: CoreTicks;
  readonly quota: CpuQuota | undefined;
}

/** Shares of CPU time between two looks, of the machine or of what a quota leaves of it. */
export class CpuMeter {
  private readonly readTicks: () => CoreTicks;
  private readonly readQuota: () => CpuQuota | undefined;
  private readonly monotonic: Monotonic;
  private mark: Mark | undefined;
  private latest: CpuReading | undefined;

  constructor(readTicks: () => CoreTicks, readQuota: () => CpuQuota | undefined, monotonic: Monotonic) {
    this.readTicks = readTicks;
    this.readQuota = readQuota;
    this.monotonic = monotonic;
  }

  /** `undefined` when no core tells anything that makes sense, and at the first look. */
  read(): CpuReading | undefined {
    const before = this.mark;
    const now: Mark = { at: this.monotonic(), ticks: this.readTicks(), quota: this.readQuota() };
    this.mark = now;
    if (before === undefined) return undefined;
    let busy = 0;
    let total = 0;
    let isSound = now.ticks.size > 0;
    const perCore: number[] = [];
    for (const [core, ticks] of now.ticks) {
      const was = before.ticks.get(core);
      const share = was === undefined ? undefined : shareOf(ticks.busy - was.busy, ticks.total - was.total);
      // A core that stood still for the while, or was switched on in it, says nothing.
      perCore.push(share ?? 0);
      if (share === undefined) continue;
      busy += ticks.busy - was!.busy;
      total += ticks.total - was!.total;
    }
    isSound &&= total > 0;
    // Two looks within one tick of the kernel.
    if (!isSound) return isSame(before.ticks, now.ticks) ? this.latest : undefined;
    this.latest = { total: quotaShare(before, now) ?? clamp(busy / total), perCore };
    return this.latest;
  }
}

/** Counters that go back were reset: nothing can be told of the while. */
function shareOf(busy: number, total: number): number | undefined {
  return busy < 0 || total <= 0 ? undefined : clamp(busy / total);
}

function quotaShare(before: Mark, now: Mark): number | undefined {
  if (before.quota === undefined || now.quota === undefined) return undefined;
  const used = now.quota.usedUs - before.quota.usedUs;
  const given = (now.at - before.at) * 1000 * now.quota.cores;
  return used < 0 || given <= 0 ? undefined : clamp(used / given);
}

function isSame(before: CoreTicks, now: CoreTicks): boolean {
  return now.size > 0 && [...now].every(([core, { total }]) => before.get(core)?.total === total);
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
