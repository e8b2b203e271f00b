import type { ScriptStats } from '../../src/core/model/script-stats.ts';

export type SortKey = Exclude<keyof ScriptStats, 'success'> | 'success';

const KEYS: readonly SortKey[] = ['script', 'runs', 'success', 'wallMedian', 'wallP95', 'peakMemory', 'cores', 'trend', 'lastAt'];

export function isSortKey(value: unknown): value is SortKey {
  return (KEYS as readonly unknown[]).includes(value);
}

/** Sorted by one column, unknown figures last either way; equals by path. */
export function sortScripts(scripts: readonly ScriptStats[], key: SortKey, isDescending: boolean): readonly ScriptStats[] {
  const sign = isDescending ? -1 : 1;
  return [...scripts].sort((a, b) => {
    const [left, right] = [a[key], b[key]];
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
    const order = typeof left === 'string' || typeof right === 'string' ? String(left).localeCompare(String(right)) : left - right;
    return order === 0 ? a.script.localeCompare(b.script) : order * sign;
  });
}
