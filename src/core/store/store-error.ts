import { UserError } from '../base/user-error.ts';

/** Result codes of SQLite: https://www.sqlite.org/rescode.html */
const SQLITE_FULL = 13;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

/** Whether the store, and not the caller, is at fault. */
export function isStoreError(error: unknown): boolean {
  return error instanceof DiskFullError || codeOf(error) !== undefined;
}

export function isDamage(error: unknown): boolean {
  const code = codeOf(error);
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
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

/** The error in words for a person when the disk is full, else the error itself. */
export function inWords(error: unknown, place: string): unknown {
  return codeOf(error) === SQLITE_FULL || (error as NodeJS.ErrnoException).code === 'ENOSPC' ? new DiskFullError(place) : error;
}

/** The primary code, without the extension in its upper bytes. */
function codeOf(error: unknown): number | undefined {
  const { errcode } = error as { errcode?: number };
  return errcode === undefined ? undefined : errcode & 0xff;
}
