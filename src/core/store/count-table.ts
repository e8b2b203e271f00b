import type { Counts } from '../model/counts.ts';
import type { Database, Row } from './database.ts';

export const NO_COUNTS: Counts = { running: 0, waiting: 0, scheduled: 0, finished: 0, failed: 0 };

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
    return workspaces
      .flatMap((workspace) => this.db.all('SELECT status, timed, unexpected, n FROM counts WHERE workspace = ?', workspace))
      .reduce(addToCounts, NO_COUNTS);
  }
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { running: a.running + b.running, waiting: a.waiting + b.waiting, scheduled: a.scheduled + b.scheduled, finished: a.finished + b.finished, failed: a.failed + b.failed };
}

/** With one more row of `counts` or `role_counts`. */
export function addToCounts(counts: Counts, row: Row): Counts {
  const n = Number(row.n);
  if (row.status === 'finished') return { ...counts, finished: counts.finished + n, failed: counts.failed + (row.unexpected === 1 ? n : 0) };
  const group = row.status !== 'queued' ? 'running' : row.timed === 1 ? 'scheduled' : 'waiting';
  return { ...counts, [group]: counts[group] + n };
}
