/** The value at or below which the share `q` of the values lies, by nearest rank (Hyndman and Fan 1996, type 1); `undefined` of nothing. */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))];
}

export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5);
}
