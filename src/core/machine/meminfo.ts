import type { SwapReading } from './machine-sensors.ts';

/** Swap by `/proc/meminfo`, see proc_meminfo(5); `undefined` when the file tells nothing of it. */
export function parseSwap(text: string): SwapReading | undefined {
  const bytes = (name: string): number | undefined => {
    const found = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(text)?.[1];
    return found === undefined ? undefined : Number(found) * 1024;
  };
  const total = bytes('SwapTotal');
  const free = bytes('SwapFree');
  return total === undefined || free === undefined ? undefined : { total, used: Math.max(0, total - free) };
}
