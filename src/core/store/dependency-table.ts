import { taskId, type TaskId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** Rows of `dependencies`: which task waits for which. */
export class DependencyTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  insert(task: TaskId, upstream: TaskId): void {
    this.db.run('INSERT OR IGNORE INTO dependencies VALUES (?, ?)', task, upstream);
  }

  upstreamOf(task: TaskId): TaskId[] {
    return this.db.all('SELECT upstream AS id FROM dependencies WHERE task = ?', task).map((row) => taskId(Number(row.id)));
  }

  downstreamOf(task: TaskId): TaskId[] {
    return this.db.all('SELECT task AS id FROM dependencies WHERE upstream = ?', task).map((row) => taskId(Number(row.id)));
  }

  forget(task: TaskId): void {
    this.db.run('DELETE FROM dependencies WHERE task = ? OR upstream = ?', task, task);
  }
}
