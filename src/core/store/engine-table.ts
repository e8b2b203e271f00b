import type { EngineKind } from '../model/engine-kind.ts';
import { engineId, type EngineId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** An engine's lease: who it is and when it was last heard of. */
export interface Lease {
  readonly id: EngineId;
  readonly pid: number;
  readonly pidStart: string;
  readonly boot: string;
  readonly kind: EngineKind;
  readonly roots: readonly string[];
  readonly runsTasks: boolean;
  readonly hasTerminals: boolean;
  readonly heartbeatAt: number;
}

/** Rows of `engines`. */
export class EngineTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  insert(lease: Omit<Lease, 'id' | 'heartbeatAt'>, now: number): EngineId {
    const { id } = this.db.run(
      'INSERT INTO engines (pid, pid_start, boot, kind, roots, runs_tasks, has_terminals, heartbeat_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      lease.pid, lease.pidStart, lease.boot, lease.kind, JSON.stringify(lease.roots), lease.runsTasks ? 1 : 0, lease.hasTerminals ? 1 : 0, now,
    );
    return engineId(id);
  }

  /** False when the lease is gone: another engine took this one for dead. */
  beat(id: EngineId, now: number): boolean {
    return this.db.run('UPDATE engines SET heartbeat_at = ? WHERE id = ?', now, id).changes === 1;
  }

  all(): Lease[] {
    return this.db.all('SELECT * FROM engines').map((row) => ({
      id: engineId(Number(row.id)),
      pid: Number(row.pid),
      pidStart: String(row.pid_start),
      boot: String(row.boot),
      kind: row.kind as EngineKind,
      roots: JSON.parse(String(row.roots)) as string[],
      runsTasks: row.runs_tasks === 1,
      hasTerminals: row.has_terminals === 1,
      heartbeatAt: Number(row.heartbeat_at),
    }));
  }

  has(id: EngineId): boolean {
    return this.db.get('SELECT 1 FROM engines WHERE id = ?', id) !== undefined;
  }

  delete(id: EngineId): void {
    this.db.run('DELETE FROM engines WHERE id = ?', id);
  }
}
