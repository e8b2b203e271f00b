/** Time as a port. Wall-clock milliseconds since the epoch; timers never keep the process alive. */
export interface Clock {
  now(): number;
  /** Calls `act` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, act: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, act) {
    // Longer delays than 2^31-1 ms overflow setTimeout and would fire at once.
    const timer = setTimeout(act, Math.min(Math.max(delayMs, 0), 2 ** 31 - 1));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
