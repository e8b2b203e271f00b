import type { Log } from '../base/log.ts';
import { messageOf } from '../base/user-error.ts';
import { isStoreError } from '../store/store-error.ts';

/**
 * What an engine does by itself, at a time or on an event, where nobody hears what it throws: uncaught, it would end the
 * engine's thread. A store or a system that cannot be read just now is told of once, and `again` sees to the next try, which
 * a callback that comes back by itself does not need. All else is a fault of this program: it is logged with its stack, and thrown on.
 */
export function guarded(log: Log, failure: string, act: () => void | Promise<void>, again: () => void = () => undefined): () => void {
  let isTold = false;
  const done = (): void => {
    isTold = false;
  };
  const failed = (error: unknown): void => {
    if (!isPassing(error)) {
      log.write('error', `${failure}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      throw error;
    }
    if (!isTold) log.write('error', `${failure}: ${messageOf(error)}; trying again`);
    isTold = true;
    again();
  };
  return () => {
    try {
      const pending = act();
      if (pending === undefined) done();
      else void pending.then(done).catch(failed);
    } catch (error) {
      failed(error);
    }
  };
}

/** Errors of the system carry the call that failed. */
function isPassing(error: unknown): boolean {
  return isStoreError(error) || (error as NodeJS.ErrnoException | undefined)?.syscall !== undefined;
}
