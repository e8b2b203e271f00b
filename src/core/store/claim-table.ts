import type { ClaimMode } from '../model/claim.ts';
import { taskId, type TaskId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** A claim with the identity of its file, see `pathKey()`. */
export interface KeyedClaim {
  readonly key: string;
  readonly path: string;
  readonly mode: ClaimMode;
}

/** A claim in force. */
export interface Lock extends KeyedClaim {
  readonly task: TaskId;
  readonly since: number;
}

/** Rows of `claims` (what tasks declared) and `locks` (what is in force). */
export class ClaimTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Two claims of a task on one file become one, the stronger. */
  declare(task: TaskId, claims: readonly KeyedClaim[]): void {
    for (const claim of claims) {
      this.db.run(
        `INSERT INTO claims VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET mode = CASE WHEN excluded.mode = 'write' THEN 'write' ELSE mode END`,
        task, claim.key, claim.path, claim.mode,
      );
    }
  }

  of(task: TaskId): KeyedClaim[] {
    return this.db.all('SELECT key, path, mode FROM claims WHERE task = ?', task).map((row) => ({ key: String(row.key), path: String(row.path), mode: row.mode as ClaimMode }));
  }

  take(task: TaskId, claims: readonly KeyedClaim[], now: number): void {
    for (const claim of claims) this.db.run('INSERT INTO locks VALUES (?, ?, ?, ?, ?)', claim.key, task, claim.path, claim.mode, now);
  }

  release(task: TaskId): void {
    this.db.run('DELETE FROM locks WHERE task = ?', task);
  }

  locks(): Lock[] {
    return this.db.all('SELECT * FROM locks').map((row) => ({
      key: String(row.key), path: String(row.path), mode: row.mode as ClaimMode, task: taskId(Number(row.task)), since: Number(row.since),
    }));
  }

  forget(task: TaskId): void {
    this.db.run('DELETE FROM claims WHERE task = ?', task);
  }
}
