import type { TrafficCounters } from './traffic-meter.ts';

/** The kernel counts in these, whatever the disk has; https://docs.kernel.org/admin-guide/iostats.html. */
const SECTOR = 512;
const LINE = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+)$/gm;
/** Memory dressed up as a disk, and layers over disks that are counted themselves. */
const NO_DISK = /^(?:loop|ram|zram|dm-|md|sr|fd|nbd)\d*/;

interface Diskstat {
  readonly device: string;
  readonly name: string;
  readonly in: number;
  readonly out: number;
}

/**
 * Bytes read and written on the device with this number (`254:0`), or else on all whole disks: a volume of several disks,
 * an overlay or a network share has no device of its own. `undefined` when the text tells of no device at all.
 */
export function parseDiskstats(text: string, device: string | undefined, isWhole: (name: string) => boolean): TrafficCounters | undefined {
  const all: Diskstat[] = [];
  for (const [, major, minor, name, figures] of text.matchAll(LINE)) {
    const [, , read, , , , written] = figures!.trim().split(/\s+/).map(Number);
    if (read !== undefined && written !== undefined && Number.isFinite(read + written)) {
      all.push({ device: `${major}:${minor}`, name: name!, in: read * SECTOR, out: written * SECTOR });
    }
  }
  if (all.length === 0) return undefined;
  const own = all.filter((stat) => stat.device === device);
  const counted = own.length > 0 ? own : all.filter(({ name }) => !NO_DISK.test(name) && isWhole(name));
  return new Map(counted.map(({ name, in: read, out }) => [name, { in: read, out }]));
}

/** `major:minor` of a device number as `stat(2)` gives it on Linux, see makedev(3). */
export function deviceOf(dev: bigint): string {
  const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & 0xfffff000n);
  const minor = (dev & 0xffn) | ((dev >> 12n) & 0xffffff00n);
  return `${major}:${minor}`;
}
