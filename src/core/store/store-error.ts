import { UserError } from '../base/user-error.ts';

/** Result codes of SQLite: https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** How long a store that somebody else writes is waited for, milliseconds. */
export const BUSY_TIMEOUT_MS = 10_000;

/** Whether the store, and not the caller, is at fault. */
export function isStoreError(error: unknown): boolean {
  return error instanceof DiskFullError || codeOf(error) !== undefined;
}

export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

/** Whether another connection has the store to itself at the moment. */
export function isBusy(error: unknown): boolean {
  return codeOf(error) === SQLITE_BUSY;
}

/** Whether the system could not read or write; SQLite calls it so when it lacks the room to open a store. */
export function isIoError(error: unknown): boolean {
  return codeOf(error) === SQLITE_IOERR;
}

/** Damage that a check found, rather than an access. */
export class DamageError extends Error {
  readonly errcode = SQLITE_CORRUPT;
}

export class DiskFullError extends UserError {
  constructor(place: string) {
    super(`The disk that holds ${place} is full; nothing was changed.`, 'Free some space, or choose another state folder with PARALLEL_WORKFLOW_HOME.');
  }
}

export class StoreBusyError extends UserError {
  readonly errcode = SQLITE_BUSY;

  constructor(place: string) {
    super(`Another program kept ${place} locked for more than ${BUSY_TIMEOUT_MS / 1000} s.`, 'Try again, or end the program that keeps it.');
  }
}

/** The error in words for a person when the disk is full or the store kept locked, else the error itself. */
export function inWords(error: unknown, place: string): unknown {
  if (isBusy(error)) return new StoreBusyError(place);
  return codeOf(error) === SQLITE_FULL || (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new DiskFullError(place) : error;
}

/** The primary code, without the extension in its upper bytes. */
function codeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
}
