import { messageOf } from '../../base/user-error.ts';
import type { StoredTask } from '../../store/task-row.ts';

/** Why a command could not be started, with the way out where there is a known one. */
export function spawnMessage(error: unknown, task: StoredTask): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'E2BIG') return 'its arguments and environment are too long for this system; pass them in a file';
  if (code === 'ENOSPC') return 'the disk that holds the state folder is full; free some space and retry';
  if (code === 'EAGAIN' || code === 'ENOMEM') return `the system has no room for another process (${code}); lower the limits and retry`;
  return `${messageOf(error)} (in ${task.spec.cwd})`;
}
