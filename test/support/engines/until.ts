import { setTimeout as pause } from 'node:timers/promises';

const LOOK_MS = 5;

/** Waits for something that other processes bring about; the first value that is neither `undefined` nor `false` is the answer. */
export async function until<T>(what: string, look: () => T | undefined | false | Promise<T | undefined | false>, deadlineMs = 15_000): Promise<T> {
  const deadline = performance.now() + deadlineMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`Expected ${what} within ${deadlineMs / 1000} s`);
    await pause(LOOK_MS);
  }
}
