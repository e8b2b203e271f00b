import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stateFolder } from '../../../src/core/engine/state-folder.ts';
import type { TaskId } from '../../../src/core/model/ids.ts';

/** Makes a task as if it had been queued, and its run had begun, so much earlier: no clock of a real window can be set forward. */
export function longerAgo(task: TaskId, ms: number): void {
  const store = new DatabaseSync(path.join(stateFolder(), 'store.sqlite'), { timeout: 10_000 });
  try {
    store.prepare('UPDATE tasks SET submitted_at = submitted_at - ?, ready_at = ready_at - ?, since = since - ? WHERE id = ?').run(ms, ms, ms, task);
    store.prepare('UPDATE runs SET claimed_at = claimed_at - ?, started_at = started_at - ? WHERE task = ?').run(ms, ms, task);
  } finally {
    store.close();
  }
}
