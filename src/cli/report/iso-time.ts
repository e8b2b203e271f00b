/** A time for programs, ISO 8601 in UTC; null where there is none. */
export function isoTime(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
