import { setTimeout as delay } from 'node:timers/promises';

const LONGEST_MS = 15_000;

/** Resolves with what `look` finds as soon as it finds something; for facts of other processes, which announce nothing. */
export async function until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>, longestMs = LONGEST_MS): Promise<T> {
  const deadline = performance.now() + longestMs;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`Waited ${longestMs / 1000} s for: ${what}`);
    await delay(3);
  }
}
