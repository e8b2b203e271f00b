import type { Strategy } from '../model/machine/strategy.ts';

/** From the laxest to the strictest. */
export const STRATEGIES: readonly Strategy[] = ['normal', 'conserve', 'critical'];

export function severity(strategy: Strategy): number {
  return STRATEGIES.indexOf(strategy);
}

export function stricter(a: Strategy, b: Strategy): Strategy {
  return severity(a) >= severity(b) ? a : b;
}
