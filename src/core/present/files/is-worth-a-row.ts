import type { FileUse } from '../../model/files/file-use.ts';

/** Whether a use matters to anybody: a script that only its own tasks read, now or in their turn, does not. */
export function isWorthARow({ holders, waiters }: Pick<FileUse, 'holders' | 'waiters'>): boolean {
  return ![...holders, ...waiters].every(({ isOwnScript }) => isOwnScript);
}
