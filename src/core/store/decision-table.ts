import type { TimeSpan } from '../model/machine-point.ts';
import type { Decision, Strategy, StrategyReason } from '../model/strategy.ts';
import type { Database } from './database.ts';

/** Decisions kept; a machine that changes its mind each minute fills a week. */
const MOST = 10_000;

/** Rows of `decisions`: changes of strategy, and what was done because of them. */
export class DecisionTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  add({ at, strategy, what, reasons }: Decision): void {
    const { id } = this.db.run('INSERT INTO decisions (at, strategy, what, reasons) VALUES (?, ?, ?, ?)', at, strategy, what, JSON.stringify(reasons));
    this.db.run('DELETE FROM decisions WHERE id <= ?', id - MOST);
  }

  /** The latest first. */
  between({ from, to }: TimeSpan, limit: number): Decision[] {
    return this.db.all('SELECT * FROM decisions WHERE at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?', from, to, limit).map((row) => ({
      at: Number(row.at),
      strategy: row.strategy as Strategy,
      what: String(row.what),
      reasons: JSON.parse(String(row.reasons)) as StrategyReason[],
    }));
  }
}
