import type { Strategy } from '../model/strategy.ts';

const ORDER: readonly Strategy[] = ['normal', 'conserve', 'critical'];

export function severity(strategy: Strategy): number {
  return ORDER.indexOf(strategy);
}

export function stricter(a: Strategy, b: Strategy): Strategy {
  return severity(a) >= severity(b) ? a : b;
}
