/** How a test once ended, and a mark of the code that it ran over. */
export interface PastResult {
  readonly code: string;
  readonly hasPassed: boolean;
}

/** The latest results of each test by its key, oldest first. */
export type TestHistory = Readonly<Record<string, readonly PastResult[]>>;

const KEPT = 10;
const MOST_TESTS = 5000;

/** The history with one more result for each of these tests; those longest not run are forgotten first. Pure. */
export function remember(history: TestHistory, results: readonly { readonly key: string; readonly hasPassed: boolean }[], code: string): TestHistory {
  const next = new Map(Object.entries(history));
  for (const { key, hasPassed } of results) {
    const before = next.get(key) ?? [];
    next.delete(key);
    next.set(key, [...before, { code, hasPassed }].slice(-KEPT));
  }
  return Object.fromEntries([...next].slice(-MOST_TESTS));
}

/** Whether the test both passed and failed over the same code, among its latest ten results. Pure. */
export function isFlaky(past: readonly PastResult[]): boolean {
  return past.some(({ code, hasPassed }) => past.some((other) => other.code === code && other.hasPassed !== hasPassed));
}
