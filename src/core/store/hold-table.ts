import { engineId, holdId, taskId, type EngineId, type HoldId, type TaskId } from '../model/ids.ts';
import type { Database, Row } from './database.ts';

/** Files in use by something that is not a task: a window with unsaved changes, or a program. */
export interface StoredHold {
  readonly id: HoldId;
  readonly kind: 'editor' | 'program';
  /** Who vouches for it; nobody once that engine is gone. */
  readonly engine: EngineId | undefined;
  readonly name: string;
  readonly pid: number;
  readonly pidStart: string;
  readonly boot: string;
  /** Place in the queue, among tasks. */
  readonly position: number;
  readonly askedAt: number;
  /** The task whose run asked for it. */
  readonly task: TaskId | undefined;
  /** Since when nobody vouches for it. */
  readonly lostAt: number | undefined;
}

export type NewHold = Omit<StoredHold, 'id' | 'engine' | 'lostAt' | 'task'> & { readonly engine: EngineId; readonly task?: TaskId | undefined };

/** Rows of `holds`. */
export class HoldTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  insert(hold: NewHold): HoldId {
    const { id } = this.db.run(
      'INSERT INTO holds (kind, engine, name, pid, pid_start, boot, position, asked_at, task) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      hold.kind, hold.engine, hold.name, hold.pid, hold.pidStart, hold.boot, hold.position, hold.askedAt, hold.task ?? null,
    );
    return holdId(id);
  }

  setProcess(id: HoldId, pid: number, pidStart: string): void {
    this.db.run('UPDATE holds SET pid = ?, pid_start = ? WHERE id = ?', pid, pidStart, id);
  }

  /** Somebody vouches for it again. */
  adopt(id: HoldId, engine: EngineId): void {
    this.db.run('UPDATE holds SET engine = ?, lost_at = NULL WHERE id = ?', engine, id);
  }

  /** Nobody vouches any more for what an engine held. */
  orphan(engine: EngineId, now: number): void {
    this.db.run('UPDATE holds SET engine = NULL, lost_at = ? WHERE engine = ?', now, engine);
  }

  delete(id: HoldId): void {
    this.db.run('DELETE FROM holds WHERE id = ?', id);
  }

  get(id: HoldId): StoredHold | undefined {
    const row = this.db.get('SELECT * FROM holds WHERE id = ?', id);
    return row === undefined ? undefined : toHold(row);
  }

  of(engine: EngineId, kind: StoredHold['kind']): StoredHold[] {
    return this.db.all('SELECT * FROM holds WHERE engine = ? AND kind = ? ORDER BY position, id', engine, kind).map(toHold);
  }

  /** Those that no engine of the store vouches for. */
  orphans(): StoredHold[] {
    return this.db.all('SELECT * FROM holds WHERE engine IS NULL OR engine NOT IN (SELECT id FROM engines)').map(toHold);
  }
}

function toHold(row: Row): StoredHold {
  return {
    id: holdId(Number(row.id)),
    kind: row.kind as StoredHold['kind'],
    engine: row.engine === null ? undefined : engineId(Number(row.engine)),
    name: String(row.name),
    pid: Number(row.pid),
    pidStart: String(row.pid_start),
    boot: String(row.boot),
    position: Number(row.position),
    askedAt: Number(row.asked_at),
    task: row.task === null ? undefined : taskId(Number(row.task)),
    lostAt: row.lost_at === null ? undefined : Number(row.lost_at),
  };
}
