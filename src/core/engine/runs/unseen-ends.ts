import type { TaskId } from '../../model/ids.ts';
import type { ProcessTable } from '../../process/process-table.ts';
import { RunFolder } from '../../process/run-folder.ts';
import type { StoredRun } from '../../store/run-table.ts';
import type { Store } from '../../store/store.ts';
import type { LeaseKeeper } from '../lease-keeper.ts';

/**
 * Tasks whose run is over, or will never begin, and that the store still takes for running: nobody was there to see it.
 * The other engines that live write down by themselves how their runs end.
 */
export async function unseenEnds(store: Store, lease: LeaseKeeper, table: ProcessTable): Promise<readonly TaskId[]> {
  const active = store.runs.active();
  const others = active.length === 0 ? new Set() : await lease.others();
  const ended: TaskId[] = [];
  for (const run of active) {
    if ((run.engine === undefined || !others.has(run.engine)) && (await isOver(run, table))) ended.push(run.task);
  }
  return ended;
}

async function isOver(run: StoredRun, table: ProcessTable): Promise<boolean> {
  const folder = new RunFolder(run.folder);
  if (run.boot !== table.bootId() || folder.readResult() !== undefined) return true;
  const known = folder.readPid() ?? (run.pid === undefined ? undefined : { pid: run.pid, start: run.pidStart });
  if (known === undefined) return true;
  const start = await table.startOf(known.pid);
  return start === undefined || (known.start !== undefined && known.start !== start);
}
