/** What the process says to its caller. The later ones are said of commands that it runs for somebody: EX_TEMPFAIL of sysexits, and as shells say it. */
export const EXIT = { ok: 0, failed: 1, usage: 2, gaveUp: 75, notExecutable: 126, notFound: 127 } as const;

export type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** As shells say it: 128 plus the number of the signal. */
export const EXIT_BY_SIGNAL: Readonly<Record<InterruptSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
