import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { TaskId } from '../../model/ids.ts';
import { RunFolder } from '../../process/run-folder.ts';
import type { Store } from '../../store/store.ts';
import type { TaskLedger } from './task-ledger.ts';

/** Tasks removed in one transaction, so that nobody waits long for the store. */
const CHUNK = 200;

/** Takes finished tasks with their runs out of the store and off the disk; how many there were. */
export async function clearFinished(store: Store, ledger: TaskLedger, ids: readonly TaskId[], onCommitted: () => void): Promise<number> {
  let cleared = 0;
  for (let start = 0; start < ids.length; start += CHUNK) {
    const folders = store.write(() =>
      ids.slice(start, start + CHUNK).flatMap((id) => {
        const task = store.tasks.get(id);
        if (task?.state.status !== 'finished') return [];
        cleared++;
        const runs = store.runs.ofTask(id).map((run) => run.folder);
        ledger.forget(task);
        store.markRemoved();
        return runs;
      }),
    );
    onCommitted();
    for (const folder of folders) new RunFolder(folder).remove();
    await yieldToOthers();
  }
  return cleared;
}
