import type { WindowModel } from '../model/agents/agents-view.ts';
import type { EngineId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** Rows of `window_models`: what the window of each engine offers, for as long as the engine has its lease. */
export class WindowModelTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Of all windows, the longest open first. */
  all(): readonly WindowModel[] {
    return this.db.all('SELECT models FROM window_models ORDER BY engine').flatMap(({ models }) => JSON.parse(String(models)) as WindowModel[]);
  }

  set(engine: EngineId, models: readonly WindowModel[]): void {
    this.db.run('INSERT INTO window_models VALUES (?, ?) ON CONFLICT DO UPDATE SET models = excluded.models', engine, JSON.stringify(models));
  }

  /** Whether there were any. */
  delete(engine: EngineId): boolean {
    return this.db.run('DELETE FROM window_models WHERE engine = ?', engine).changes > 0;
  }
}
