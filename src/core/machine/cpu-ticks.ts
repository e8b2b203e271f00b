import type os from 'node:os';

/** Time that a core has counted since it was started, in whatever unit; only differences mean something. */
export interface CpuTicks {
  readonly busy: number;
  readonly total: number;
}

/** Ticks by the core's number. */
export type CoreTicks = ReadonlyMap<number, CpuTicks>;

const CORE = /^cpu(\d+) (.+)$/gm;

/** `/proc/stat`, see proc_stat(5): user nice system idle iowait irq softirq steal; what guests used is in user already. */
export function parseProcStat(text: string): CoreTicks {
  const cores = new Map<number, CpuTicks>();
  for (const [, core, figures] of text.matchAll(CORE)) {
    const [user, nice, system, idle, iowait = 0, irq = 0, softirq = 0, steal = 0] = figures!.trim().split(/\s+/).map(Number);
    const busy = user! + nice! + system! + irq + softirq + steal;
    const total = busy + idle! + iowait;
    if (Number.isFinite(total)) cores.set(Number(core), { busy, total });
  }
  return cores;
}

export function ticksOf(cpus: readonly os.CpuInfo[]): CoreTicks {
  return new Map(cpus.map(({ times: { user, nice, sys, irq, idle } }, core) => [core, { busy: user + nice + sys + irq, total: user + nice + sys + irq + idle }]));
}

/** A list of cores as the kernel writes it: `0-3,8`. Empty when it is not one. */
export function parseCoreList(text: string): ReadonlySet<number> {
  const cores = new Set<number>();
  for (const part of text.trim().split(',')) {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    if (first === undefined) return new Set();
    for (let core = Number(first); core <= Math.min(Number(last ?? first), Number(first) + 4095); core++) cores.add(core);
  }
  return cores;
}
