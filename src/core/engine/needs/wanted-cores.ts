/** The kernel counts CPU time in such steps, milliseconds. */
const TICK_MS = 10;

/**
 * Cores that would have been kept busy on a machine that nobody else uses; milliseconds each. A single thread would have
 * spared itself the time that it waited: what was computed falls into the rest. Of many the waits add up to more than there
 * was time; then all that waited for a core is taken to want one.
 */
export function wantedCores(cpuMs: number, waitedMs: number, lastedMs: number): number {
  if (lastedMs <= 0) return 0;
  const all = (cpuMs + waitedMs) / lastedMs;
  return waitedMs <= 0 || waitedMs >= lastedMs ? all : Math.min(all, (cpuMs + TICK_MS) / (lastedMs - waitedMs));
}
