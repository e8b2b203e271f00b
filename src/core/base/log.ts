export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where decisions are explained. One line a call; no secrets, no task output. */
export interface Log {
  write(level: LogLevel, message: string): void;
}

export const silentLog: Log = { write: () => undefined };
