import type { Limits } from '../model/limits.ts';
import type { Strategy, StrategyReason } from '../model/strategy.ts';
import type { Database } from './database.ts';

const LIMITS = 'limits';
const STRATEGY = 'strategy';

/** The strategy that all engines of the machine go by. */
export interface StoredStrategy {
  readonly strategy: Strategy;
  readonly since: number;
  readonly reasons: readonly StrategyReason[];
  readonly pinned: Strategy | undefined;
  readonly growth: number;
  /** It only says what it would do. */
  readonly isShadow: boolean;
}

const CALM: StoredStrategy = { strategy: 'normal', since: 0, reasons: [], pinned: undefined, growth: 1, isShadow: false };

/** Rows of `settings`: what holds for all engines of the machine. */
export class SettingsTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Roots whose queues are paused, with everything below them. */
  pausedRoots(): string[] {
    return this.db.all(`SELECT substr(key, 8) AS root FROM settings WHERE key >= 'paused:' AND key < 'paused;'`).map((row) => String(row.root));
  }

  setPaused(workspace: string, paused: boolean): void {
    if (paused) this.set(`paused:${workspace}`, '1');
    else this.db.run('DELETE FROM settings WHERE key = ?', `paused:${workspace}`);
  }

  limits(): Limits | undefined {
    const text = this.get(LIMITS);
    return text === undefined ? undefined : (JSON.parse(text) as Limits);
  }

  setLimits(limits: Limits): void {
    this.set(LIMITS, JSON.stringify(limits));
  }

  strategy(): StoredStrategy {
    const text = this.get(STRATEGY);
    return text === undefined ? CALM : (JSON.parse(text) as StoredStrategy);
  }

  setStrategy(strategy: StoredStrategy): void {
    this.set(STRATEGY, JSON.stringify(strategy));
  }

  private get(key: string): string | undefined {
    return this.db.get('SELECT value FROM settings WHERE key = ?', key)?.value as string | undefined;
  }

  private set(key: string, value: string): void {
    this.db.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, value);
  }
}
