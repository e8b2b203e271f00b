/** Something begins or ends, in the order in which it happened. */
export interface Moment<T> {
  readonly begins: boolean;
  readonly of: T;
}

/** The most that ran at once in each group, over all moments. */
export function peaks<T>(moments: Iterable<Moment<T>>, groupsOf: (of: T) => readonly string[]): ReadonlyMap<string, number> {
  const running = new Map<string, number>();
  const peak = new Map<string, number>();
  for (const { begins, of } of moments) {
    for (const group of groupsOf(of)) {
      const now = (running.get(group) ?? 0) + (begins ? 1 : -1);
      running.set(group, now);
      peak.set(group, Math.max(peak.get(group) ?? 0, now));
    }
  }
  return peak;
}

/** Pairs that ran at the same time although they must not. */
export function clashes<T>(moments: Iterable<Moment<T>>, exclude: (a: T, b: T) => boolean): readonly (readonly [T, T])[] {
  const running = new Set<T>();
  const found: (readonly [T, T])[] = [];
  for (const { begins, of } of moments) {
    if (!begins) {
      running.delete(of);
      continue;
    }
    for (const other of running) if (exclude(of, other)) found.push([other, of]);
    running.add(of);
  }
  return found;
}

export interface Span<T> {
  readonly from: number;
  readonly to: number;
  readonly of: T;
}

/** The moments of spans of time; what ends at a time ends before what begins at it, and what takes no time is not there at all. */
export function momentsOf<T>(spans: readonly Span<T>[]): readonly Moment<T>[] {
  return spans
    .filter(({ from, to }) => from < to)
    .flatMap(({ from, to, of }) => [{ at: from, begins: true, of }, { at: to, begins: false, of }])
    .sort((a, b) => a.at - b.at || Number(a.begins) - Number(b.begins));
}
