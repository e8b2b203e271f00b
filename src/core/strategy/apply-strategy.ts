import type { Limits } from '../model/limits.ts';
import type { Strategy } from '../model/machine/strategy.ts';

/** Limits as a strategy leaves them. A type's limit of one says that two must never run together: it never grows. */
export function applyStrategy(limits: Limits, strategy: Strategy, growth: number): Limits {
  if (strategy === 'critical') return { ...limits, total: 0 };
  const scaled = (limit: number): number => (strategy === 'conserve' ? Math.max(1, Math.floor(limit / 2)) : limit === 1 ? 1 : Math.floor(limit * growth));
  return { ...limits, total: scaled(limits.total), types: limits.types.map((type) => ({ ...type, limit: scaled(type.limit) })) };
}
