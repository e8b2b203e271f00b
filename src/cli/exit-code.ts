/** What the process says to its caller. */
export const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

export type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** As shells say it: 128 plus the number of the signal. */
export const EXIT_BY_SIGNAL: Readonly<Record<InterruptSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
