const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size in decimal units, at most three digits: `512 B`, `4.2 kB`, `610 MB`, `2.1 GB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  // Compared as it will be shown, so that 999.7 kB becomes 1.0 MB and not 1000 kB.
  while (Math.round(value) >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}
