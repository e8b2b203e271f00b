/**
 * What the process says to its caller: `failed` of work that was done and did not come out well, `refused` of requests that could not be met,
 * whoever is at fault; `fault` (EX_SOFTWARE of sysexits) of ourselves. The later ones are said of commands that it runs for somebody:
 * EX_TEMPFAIL of sysexits, and as shells say it.
 */
export const EXIT = { ok: 0, failed: 1, refused: 2, fault: 70, gaveUp: 75, notExecutable: 126, notFound: 127 } as const;

export type InterruptSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** As shells say it: 128 plus the number of the signal. */
export const EXIT_BY_SIGNAL: Readonly<Record<InterruptSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
