const DAY_MS = 86_400_000;

/** A time to come as this machine's clock will show it: `14:30`, or `2030-01-31 14:30` when that is not within a day. */
export function untilText(until: number, now: number): string {
  const date = new Date(until);
  const two = (n: number): string => String(n).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (until - now < DAY_MS) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
