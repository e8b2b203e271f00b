import type { ReadText } from './read-text.ts';
import { strictest, type CpuLimit, type MemoryLimit } from './cgroup-limits.ts';

const MOUNT = '/sys/fs/cgroup';

/** The control group of this process: what it may use, and what it does use. */
export interface Cgroup {
  readonly memory: MemoryLimit | undefined;
  readonly cpu: CpuLimit | undefined;
  /** Folder with the pressure figures of what is limited; there are none in the first version. */
  readonly pressure: string | undefined;
}

/** Reads the limits in force, of either version; https://docs.kernel.org/admin-guide/cgroup-v2.html, cgroup-v1/{memory,cpuacct}.html. */
export function findCgroup(read: ReadText): Cgroup {
  const membership = new Map<string, string>();
  for (const [, controllers, path] of (read('/proc/self/cgroup') ?? '').matchAll(/^\d+:([^:]*):(.*)$/gm)) {
    for (const controller of controllers!.split(',')) membership.set(controller, path!);
  }
  const unified = membership.get('');
  const mount = read(`${MOUNT}/cgroup.controllers`) === undefined ? `${MOUNT}/unified` : MOUNT;
  const v2 = unified === undefined ? [] : folders(mount, unified);
  const v1 = (controller: string): string[] => {
    const path = membership.get(controller);
    return path === undefined ? [] : folders(`${MOUNT}/${controller}`, path);
  };
  const memory = strictest([...v2.map((folder) => memoryV2(read, folder)), ...v1('memory').map((folder) => memoryV1(read, folder))], ({ bytes }) => bytes);
  const cpu = strictest([...v2.map((folder) => cpuV2(read, folder)), ...v1('cpu').map((folder, level) => cpuV1(read, folder, v1('cpuacct')[level]))], ({ cores }) => cores);
  const limited = cpu?.folder ?? memory?.folder;
  return { memory, cpu, pressure: limited !== undefined && read(`${limited}/cpu.pressure`) !== undefined ? limited : undefined };
}

/** A group's folder and those above it, which limit it too. In a container the path may be the host's, of which nothing is mounted but the end. */
function folders(mount: string, path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '..');
  return [...parts.map((_, index) => `${mount}/${parts.slice(0, parts.length - index).join('/')}`), mount];
}

function memoryV2(read: ReadText, folder: string): MemoryLimit | undefined {
  const bytes = Number(read(`${folder}/memory.max`) ?? Number.NaN);
  if (!(bytes > 0)) return undefined;
  return { bytes, folder, used: () => less(read(`${folder}/memory.current`), read(`${folder}/memory.stat`), /^inactive_file (\d+)$/m) };
}

function memoryV1(read: ReadText, folder: string): MemoryLimit | undefined {
  const bytes = Number(read(`${folder}/memory.limit_in_bytes`) ?? Number.NaN);
  if (!(bytes > 0)) return undefined;
  return { bytes, folder, used: () => less(read(`${folder}/memory.usage_in_bytes`), read(`${folder}/memory.stat`), /^total_inactive_file (\d+)$/m) };
}

/** Pages of files that nobody touched lately are given back as soon as somebody wants memory: they do not count as used. */
function less(used: string | undefined, stat: string | undefined, inactive: RegExp): number | undefined {
  const bytes = Number(used ?? Number.NaN) - Number(inactive.exec(stat ?? '')?.[1] ?? 0);
  return Number.isFinite(bytes) ? Math.max(0, bytes) : undefined;
}

function cpuV2(read: ReadText, folder: string): CpuLimit | undefined {
  const [quota, period] = (read(`${folder}/cpu.max`) ?? '').trim().split(' ').map(Number);
  return cpuLimit(quota, period, folder, () => Number(/^usage_usec (\d+)$/m.exec(read(`${folder}/cpu.stat`) ?? '')?.[1] ?? Number.NaN));
}

function cpuV1(read: ReadText, folder: string, account: string | undefined): CpuLimit | undefined {
  const figure = (file: string): number => Number(read(file) ?? Number.NaN);
  return cpuLimit(figure(`${folder}/cpu.cfs_quota_us`), figure(`${folder}/cpu.cfs_period_us`), folder, () => figure(`${account ?? folder}/cpuacct.usage`) / 1000);
}

/** Without a limit the quota is `max` or -1. */
function cpuLimit(quota: number | undefined, period: number | undefined, folder: string, usedUs: () => number): CpuLimit | undefined {
  if (quota === undefined || period === undefined || !(quota > 0) || !(period > 0)) return undefined;
  return { cores: Math.max(0.1, Math.ceil((quota / period) * 10 - 1e-9) / 10), folder, usedUs: () => finite(usedUs()) };
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
