import type { Counts } from '../model/counts.ts';
import type { Database } from './database.ts';

/** Rows of `counts`, which triggers keep, so that no view ever counts tasks. */
export class CountTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Every workspace that ever had a task. */
  workspaces(): string[] {
    return this.db.all('SELECT DISTINCT workspace FROM counts').map((row) => String(row.workspace));
  }

  /** Whether any task of the machine runs, or is on its way there or back. */
  isAnyActive(): boolean {
    return this.db.get(`SELECT 1 FROM counts WHERE status NOT IN ('queued', 'finished') AND n > 0`) !== undefined;
  }

  of(workspaces: readonly string[]): Counts {
    const counts = { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 };
    for (const workspace of workspaces) {
      for (const row of this.db.all('SELECT status, timed, unexpected, n FROM counts WHERE workspace = ?', workspace)) {
        const n = Number(row.n);
        if (row.status === 'queued') counts[row.timed === 1 ? 'scheduled' : 'waiting'] += n;
        else if (row.status === 'finished') counts.finished += n;
        else counts.running += n;
        if (row.status === 'finished' && row.unexpected === 1) counts.failed += n;
      }
    }
    return counts;
  }
}
