import type { Unit } from '../figure.ts';

/** Three digits that matter. */
export function formatValue(value: number, unit: Unit): string {
  const decimals = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : Math.abs(value) >= 1 || value === 0 ? 2 : 3;
  const text = Number.isInteger(value) ? String(value) : value.toFixed(decimals);
  return unit === '' ? text : `${text} ${unit}`;
}
