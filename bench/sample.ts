const WARM_UP = 20;
const MOST = 300;
const LONGEST_MS = 3000;

/** Measures again and again, for a few seconds at most; what the first rounds tell is about a cold machine. */
export async function sample(measure: () => number | Promise<number>): Promise<number[]> {
  const values: number[] = [];
  const deadline = performance.now() + LONGEST_MS;
  while (values.length < WARM_UP + MOST && (values.length < 2 * WARM_UP || performance.now() < deadline)) values.push(await measure());
  return values.slice(WARM_UP);
}

/** Milliseconds that an act takes. */
export async function timed(act: () => unknown): Promise<number> {
  const begin = performance.now();
  await act();
  return performance.now() - begin;
}
