import type { KeyedClaim } from '../locks/keyed-claim.ts';
import { foldersAbove } from '../locks/lock-ledger.ts';
import type { ClaimMode } from '../model/files/claim.ts';
import { holderId, type HolderId, type TaskId } from '../model/ids.ts';
import type { Database, Row } from './database.ts';

/** Somebody's claims, and his place in the queue. */
export interface Claimant {
  readonly holder: HolderId;
  readonly position: number;
  readonly claims: readonly KeyedClaim[];
}

/** A claim in force, or one in line. */
export interface StandingClaim extends KeyedClaim {
  readonly holder: HolderId;
  /** Since when it is in force; `undefined` for one in line. */
  readonly since: number | undefined;
  readonly position: number | undefined;
}

/** Keys below a folder are those between `/` and `0`, the next character. */
const BELOW = `key > rtrim(?1, '/') || '/' AND key < rtrim(?1, '/') || '0'`;
const EARLIER = `(position < ?3 OR (position = ?3 AND holder < ?4))`;
/** The last in line at a key, of a mode and a glob, before a place in the queue. */
const LAST_AT = `SELECT * FROM parked_claims WHERE key = ?1 AND mode = ?2 AND ${EARLIER} AND glob = ?5 ORDER BY position DESC, holder DESC LIMIT 1`;
const ONE_BELOW = `SELECT * FROM parked_claims WHERE ${BELOW} AND mode = ?2 AND ${EARLIER} AND glob = '' LIMIT 1`;
const ALL_BELOW = `SELECT * FROM parked_claims WHERE ${BELOW} AND mode = ?2 AND ${EARLIER} AND glob = ''`;
const NEXT_GLOB_AT = `SELECT glob FROM parked_claims WHERE key = ? AND mode = ? AND glob > ? ORDER BY glob LIMIT 1`;
const GLOBS_BELOW = `SELECT * FROM parked_claims INDEXED BY parked_globs WHERE ${BELOW} AND mode = ?2 AND ${EARLIER} AND glob <> ''`;

/** Rows of `claims` (what tasks declared), `locks` (what is in force) and `parked_claims` (who stands in line for a lock). */
export class ClaimTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Two claims of a task on one file become one, the stronger. */
  declare(task: TaskId, claims: readonly KeyedClaim[]): void {
    for (const { key, glob, path, mode } of claims) {
      this.db.run(
        `INSERT INTO claims VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET mode = CASE WHEN excluded.mode = 'write' THEN 'write' ELSE mode END`,
        task, key, glob, path, mode,
      );
    }
  }

  of(task: TaskId): KeyedClaim[] {
    return this.db.all('SELECT key, glob, path, mode FROM claims WHERE task = ?', task).map(toClaim);
  }

  forget(task: TaskId): void {
    this.db.run('DELETE FROM claims WHERE task = ?', task);
  }

  /** The claims are in force, and their holder stands in no line any more. */
  take(holder: HolderId, claims: readonly KeyedClaim[], now: number): void {
    for (const { key, glob, path, mode } of claims) this.db.run('INSERT INTO locks VALUES (?, ?, ?, ?, ?, ?)', key, holder, glob, path, mode, now);
    this.leaveLine(holder);
  }

  /** Whether the holder had a lock on that file; it has none any more. */
  break(holder: HolderId, key: string): boolean {
    return this.db.run('DELETE FROM locks WHERE holder = ? AND key = ?', holder, key).changes > 0;
  }

  /** The holder neither holds nor stands in line any more. */
  release(holder: HolderId): void {
    this.db.run('DELETE FROM locks WHERE holder = ?', holder);
    this.leaveLine(holder);
  }

  standInLine({ holder, position, claims }: Claimant): void {
    for (const { key, glob, path, mode } of claims) this.db.run('INSERT OR IGNORE INTO parked_claims VALUES (?, ?, ?, ?, ?, ?)', key, mode, position, holder, glob, path);
  }

  leaveLine(holder: HolderId): void {
    this.db.run('DELETE FROM parked_claims WHERE holder = ?', holder);
  }

  /** Tasks leave all lines; they are looked at anew. Holds have nowhere else to wait. */
  clearLines(): void {
    this.db.run('DELETE FROM parked_claims WHERE holder > 0');
  }

  /** What a holder stands in line for. */
  awaited(holder: HolderId): KeyedClaim[] {
    return this.db.all('SELECT key, glob, path, mode FROM parked_claims WHERE holder = ?', holder).map(toClaim);
  }

  heldBy(holder: HolderId): KeyedClaim[] {
    return this.db.all('SELECT key, glob, path, mode FROM locks WHERE holder = ?', holder).map(toClaim);
  }

  locks(): StandingClaim[] {
    return this.db.all('SELECT * FROM locks ORDER BY since').map(toStanding);
  }

  /** Each file of which somebody stands in line for, once for each mode. */
  awaitedFiles(): KeyedClaim[] {
    return this.db.all('SELECT key, glob, mode, min(path) AS path FROM parked_claims GROUP BY key, mode, glob').map(toClaim);
  }

  /** Who stands in line for exactly this, in that order. */
  line(key: string, glob: string, limit: number): StandingClaim[] {
    return this.db.all('SELECT * FROM parked_claims WHERE key = ? AND glob = ? ORDER BY position, holder LIMIT ?', key, glob, limit).map(toStanding);
  }

  /** Tasks that wait to write a file until a person has saved it, in their order. */
  behindEditor(editor: HolderId, limit: number): StandingClaim[] {
    const sql = `SELECT claims.*, tasks.id AS holder, tasks.position FROM tasks JOIN claims ON claims.task = tasks.id WHERE tasks.parked = ? AND claims.mode = 'write' ORDER BY tasks.position, tasks.id LIMIT ?`;
    return this.db.all(sql, editor, limit).map(toStanding);
  }

  lineLength(key: string, glob: string): number {
    return Number(this.db.get('SELECT count(*) AS n FROM parked_claims WHERE key = ? AND glob = ?', key, glob)!.n);
  }

  /** What may stand in the way of these claimants: locks on their files, on folders above and below, and who stands in line there before them. */
  inTheWay(claimants: readonly Claimant[]): StandingClaim[] {
    const keys = [...new Set(claimants.flatMap(({ claims }) => claims.map((claim) => claim.key)))];
    if (keys.length === 0) return [];
    return [...this.locksTouching(keys), ...this.lineBefore(claimants)];
  }

  /** Locks on these files, on folders above and on what is below them. */
  locksTouching(keys: readonly string[]): StandingClaim[] {
    const upwards = [...new Set(keys.flatMap((key) => [key, ...foldersAbove(key)]))];
    return [
      ...this.db.all('SELECT locks.* FROM json_each(?) AS at JOIN locks ON locks.key = at.value', JSON.stringify(upwards)),
      ...this.db.all(`SELECT locks.* FROM json_each(?) AS at JOIN locks ON locks.key > rtrim(at.value, '/') || '/' AND locks.key < rtrim(at.value, '/') || '0'`, JSON.stringify(keys)),
    ].map(toStanding);
  }

  private lineBefore(claimants: readonly Claimant[]): StandingClaim[] {
    if (this.db.get('SELECT 1 FROM parked_claims LIMIT 1') === undefined) return [];
    const hasGlobs = this.db.get(`SELECT 1 FROM parked_claims WHERE glob <> '' LIMIT 1`) !== undefined;
    return claimants
      .flatMap(({ holder, position, claims }) =>
        claims.flatMap(({ key, glob, mode }) =>
          // A reader only minds writers.
          (mode === 'write' ? ['write', 'read'] : ['write']).flatMap((other) => [
            ...[key, ...foldersAbove(key)].flatMap((place) => this.db.all(LAST_AT, place, other, position, holder, '')),
            // Whether a glob meets what is below is for the ledger to tell; anything else surely does.
            ...this.db.all(glob === '' ? ONE_BELOW : ALL_BELOW, key, other, position, holder),
            ...(hasGlobs ? [...[key, ...foldersAbove(key)].flatMap((place) => this.lastOfEachGlob(place, other, position, holder)), ...this.db.all(GLOBS_BELOW, key, other, position, holder)] : []),
          ]),
        ),
      )
      .map(toStanding);
  }

  /** Thousands may wait for one glob: each glob is found by one look into the index. */
  private lastOfEachGlob(key: string, mode: string, position: number, holder: HolderId): Row[] {
    const rows: Row[] = [];
    for (let glob = ''; ; ) {
      const next = this.db.get(NEXT_GLOB_AT, key, mode, glob);
      if (next === undefined) return rows;
      glob = String(next.glob);
      rows.push(...this.db.all(LAST_AT, key, mode, position, holder, glob));
    }
  }
}

function toClaim(row: Row): KeyedClaim {
  return { key: String(row.key), glob: String(row.glob), path: String(row.path), mode: row.mode as ClaimMode };
}

function toStanding(row: Row): StandingClaim {
  return { ...toClaim(row), holder: holderId(Number(row.holder)), since: row.since === undefined ? undefined : Number(row.since), position: row.position === undefined ? undefined : Number(row.position) };
}
