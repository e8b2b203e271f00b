const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in words: `85 ms`, `4.2 s`, `42 s`, `3 min 5 s`, `2 h 4 min`, `3 d 2 h`. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (Math.round(span) < SECOND) return `${Math.round(span)} ms`;
  if (span < 9.95 * SECOND) return `${(span / SECOND).toFixed(1)} s`;
  if (Math.round(span / SECOND) < 60) return `${Math.round(span / SECOND)} s`;
  if (Math.round(span / SECOND) < 3600) return twoUnits(span, MINUTE, 'min', SECOND, 's');
  if (Math.round(span / MINUTE) < 24 * 60) return twoUnits(span, HOUR, 'h', MINUTE, 'min');
  return twoUnits(span, DAY, 'd', HOUR, 'h');
}

/** A running clock whose digits stay in place: `0:42`, `12:05`, `1:02:03`. */
export function formatClock(ms: number): string {
  const seconds = Math.floor(Math.max(0, ms) / SECOND);
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long ago, in one unit: `just now`, `42 s ago`, `3 min ago`, `5 h ago`, `2 d ago`. */
export function formatAgo(ms: number): string {
  const span = Math.max(0, ms);
  if (span < 5 * SECOND) return 'just now';
  if (span < MINUTE) return `${Math.floor(span / SECOND)} s ago`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)} min ago`;
  if (span < DAY) return `${Math.floor(span / HOUR)} h ago`;
  return `${Math.floor(span / DAY)} d ago`;
}

function twoUnits(span: number, large: number, largeName: string, small: number, smallName: string): string {
  // Rounded once, in the small unit, so that 59.6 s never shows as 60 s beside a minute.
  const total = Math.round(span / small);
  const ratio = large / small;
  const rest = total % ratio;
  return rest === 0 ? `${Math.floor(total / ratio)} ${largeName}` : `${Math.floor(total / ratio)} ${largeName} ${rest} ${smallName}`;
}
