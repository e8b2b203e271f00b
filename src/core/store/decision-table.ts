import type { TimeSpan } from '../model/machine/machine-point.ts';
import type { Decision, Strategy, StrategyReason } from '../model/machine/strategy.ts';
import type { Database, Row } from './database.ts';

/** Decisions kept; a machine that changes its mind each minute fills a week. */
const MOST = 10_000;

/** Rows of `decisions`: changes of strategy, and what was done because of them. */
export class DecisionTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  add({ at, strategy, what, reasons, isShadow }: Decision): void {
    const shadow = isShadow === undefined ? null : Number(isShadow);
    const { id } = this.db.run('INSERT INTO decisions (at, strategy, what, reasons, shadow) VALUES (?, ?, ?, ?, ?)', at, strategy, what, JSON.stringify(reasons), shadow);
    this.db.run('DELETE FROM decisions WHERE id <= ?', id - MOST);
  }

  /** The latest first. */
  between({ from, to }: TimeSpan, limit: number): Decision[] {
    return this.db.all('SELECT * FROM decisions WHERE at >= ? AND at <= ? ORDER BY at DESC, id DESC LIMIT ?', from, to, limit).map(toDecision);
  }

  /** Changes of strategy in a span and the last one before it, the earliest first. */
  course({ from, to }: TimeSpan): Decision[] {
    const before = this.db.get('SELECT * FROM decisions WHERE at < ? AND shadow IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1', from);
    const within = this.db.all('SELECT * FROM decisions WHERE at >= ? AND at <= ? AND shadow IS NOT NULL ORDER BY at, id', from, to);
    return [...(before === undefined ? [] : [before]), ...within].map(toDecision);
  }
}

function toDecision(row: Row): Decision {
  return {
    at: Number(row.at),
    strategy: row.strategy as Strategy,
    what: String(row.what),
    reasons: JSON.parse(String(row.reasons)) as StrategyReason[],
    ...(row.shadow !== null && { isShadow: row.shadow === 1 }),
  };
}
