import type { StoredTask } from '../../store/task-row.ts';
import type { Lease } from '../../store/engine-table.ts';
import type { Store } from '../../store/store.ts';

/** A task that so many engines in a row did not survive is not started again by itself. */
const CRASHES_BEFORE_ASIDE = 3;
/** What an engine dies of shows soon after the start, milliseconds. */
const SOON_MS = 5000;

/**
 * Counts the end of an engine against the task that it had just started, when there is only one to suspect: claimed within
 * the last seconds, not over yet, and nothing else claimed meanwhile. Part of a writing transaction.
 *
 * @param diedAt milliseconds since the epoch, not earlier than it really died.
 */
export function countCrash(store: Store, engine: Lease['id'], diedAt: number): void {
  const [run, ...others] = store.runs.ofEngineSince(engine, diedAt - SOON_MS);
  if (run === undefined || others.length > 0 || run.endedAt !== undefined) return;
  const task = store.tasks.get(run.task);
  if (task !== undefined) store.tasks.setCrashes(task.id, task.crashes + 1);
}

export function isSetAside({ crashes }: Pick<StoredTask, 'crashes'>): boolean {
  return crashes >= CRASHES_BEFORE_ASIDE;
}
