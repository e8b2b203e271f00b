import { formatBytes } from './format-bytes.ts';

/** Bytes a second: `1.2 MB/s`. */
export function formatRate(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}
