import type { TaskId } from '../../model/ids.ts';
import { isGone } from '../../process/is-gone.ts';
import type { ProcessTable } from '../../process/process-table.ts';
import { RunFolder } from '../../process/run-folder.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { FileLocks } from '../files/file-locks.ts';
import type { LeaseKeeper } from '../lease-keeper.ts';

/** What stands in the store though it is so no more, until an engine that looks after runs has written it down. */
export interface Leftovers {
  /** Tasks told as running whose run is over, or will never begin. */
  readonly ended: readonly TaskId[];
  /** Whether those who should have written something down are gone themselves: somebody has to take over. */
  readonly isForsaken: boolean;
}

export async function findLeftovers(store: Store, lease: LeaseKeeper, locks: FileLocks, table: ProcessTable): Promise<Leftovers> {
  const { living, gone } = await lease.others();
  const ended: TaskId[] = [];
  let isForsaken = gone.length > 0 || (await locks.forsaken()).length > 0;
  for (const run of store.runs.active()) {
    const isAttended = run.engine !== undefined && (run.engine === lease.idIfAny || living.has(run.engine));
    if (!(await isOver(run, isAttended, table))) continue;
    ended.push(run.task);
    isForsaken ||= !isAttended;
  }
  return { ended, isForsaken };
}

async function isOver(run: StoredRun, isAttended: boolean, table: ProcessTable): Promise<boolean> {
  const folder = new RunFolder(run.folder);
  if (run.boot !== table.bootId() || folder.readResult() !== undefined) return true;
  const known = folder.readPid() ?? (run.pid === undefined ? undefined : { pid: run.pid, start: run.pidStart });
  // Claimed, and no process yet: who lives is about to start it.
  if (known === undefined) return !isAttended;
  return isGone(known, table);
}
