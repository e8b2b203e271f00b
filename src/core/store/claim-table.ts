import { foldersAbove, type LedgerEntry } from '../locks/lock-ledger.ts';
import type { ClaimMode } from '../model/claim.ts';
import { taskId, type TaskId } from '../model/ids.ts';
import type { Database, Row } from './database.ts';

/** A claim with the identity of its file, see `pathKey()`. */
export interface KeyedClaim {
  readonly key: string;
  readonly path: string;
  readonly mode: ClaimMode;
}

/** A task's claims, and its place in the queue. */
export interface Claimant {
  readonly id: TaskId;
  readonly position: number;
  readonly claims: readonly KeyedClaim[];
}

/** The last parked claim at a key, of a mode, before a place in the queue. Below a folder: its keys are those between `/` and `0`, the next character. */
const LAST_PARKED = `SELECT * FROM parked_claims WHERE key = ?1 AND mode = ?2 AND (position < ?3 OR (position = ?3 AND task < ?4)) ORDER BY position DESC, task DESC LIMIT 1`;
const LAST_PARKED_BELOW = `SELECT * FROM parked_claims WHERE key > rtrim(?1, '/') || '/' AND key < rtrim(?1, '/') || '0' AND mode = ?2 AND (position < ?3 OR (position = ?3 AND task < ?4)) LIMIT 1`;

/** Rows of `claims` (what tasks declared), `locks` (what is in force) and `parked_claims` (what waits for a lock). */
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
    return this.db.all('SELECT key, path, mode FROM claims WHERE task = ?', task).map(toClaim);
  }

  take(task: TaskId, claims: readonly KeyedClaim[], now: number): void {
    for (const claim of claims) this.db.run('INSERT INTO locks VALUES (?, ?, ?, ?, ?)', claim.key, task, claim.path, claim.mode, now);
  }

  /** The task neither holds nor waits in line any more. */
  release(task: TaskId): void {
    this.db.run('DELETE FROM locks WHERE task = ?', task);
    this.leaveLine(task);
  }

  /** The task waits in line for these. */
  standInLine({ id, position, claims }: Claimant): void {
    for (const claim of claims) this.db.run('INSERT OR IGNORE INTO parked_claims VALUES (?, ?, ?, ?, ?)', claim.key, claim.mode, position, id, claim.path);
  }

  leaveLine(task: TaskId): void {
    this.db.run('DELETE FROM parked_claims WHERE task = ?', task);
  }

  clearLine(): void {
    this.db.run('DELETE FROM parked_claims');
  }

  forget(task: TaskId): void {
    this.db.run('DELETE FROM claims WHERE task = ?', task);
  }

  /** What may stand in the way of these claimants: locks on their files, on folders above and below, and who waits there before them. */
  inTheWay(claimants: readonly Claimant[], nameOf: (task: TaskId) => string): LedgerEntry[] {
    const keys = [...new Set(claimants.flatMap(({ claims }) => claims.map((claim) => claim.key)))];
    if (keys.length === 0) return [];
    return [...this.locksTouching(keys), ...this.waitersBefore(claimants)].map((row) => ({
      ...toClaim(row),
      task: taskId(Number(row.task)),
      name: nameOf(taskId(Number(row.task))),
      ...(row.since === undefined ? { since: undefined, position: Number(row.position) } : { since: Number(row.since) }),
    }));
  }

  private locksTouching(keys: readonly string[]): Row[] {
    const upwards = [...new Set(keys.flatMap((key) => [key, ...foldersAbove(key)]))];
    return [
      ...this.db.all('SELECT locks.* FROM json_each(?) AS at JOIN locks ON locks.key = at.value', JSON.stringify(upwards)),
      ...this.db.all(`SELECT locks.* FROM json_each(?) AS at JOIN locks ON locks.key > rtrim(at.value, '/') || '/' AND locks.key < rtrim(at.value, '/') || '0'`, JSON.stringify(keys)),
    ];
  }

  private waitersBefore(claimants: readonly Claimant[]): Row[] {
    if (this.db.get('SELECT 1 FROM parked_claims LIMIT 1') === undefined) return [];
    return claimants.flatMap(({ id, position, claims }) =>
      claims.flatMap(({ key, mode }) =>
        // A reader only minds writers.
        (mode === 'write' ? ['write', 'read'] : ['write']).flatMap((other) => [
          ...[key, ...foldersAbove(key)].flatMap((place) => this.db.all(LAST_PARKED, place, other, position, id)),
          ...this.db.all(LAST_PARKED_BELOW, key, other, position, id),
        ]),
      ),
    );
  }
}

function toClaim(row: Row): KeyedClaim {
  return { key: String(row.key), path: String(row.path), mode: row.mode as ClaimMode };
}
