import type { Counts } from '../model/counts.ts';
import { engineId, type EngineId } from '../model/ids.ts';
import type { Role, RoleOrder, RoleShut } from '../model/roles/role.ts';
import { addToCounts, NO_COUNTS } from './count-table.ts';
import type { Database, Row } from './database.ts';

/** A role of a workspace that somebody has defined, given orders, or queued tasks to. */
export interface StoredRole {
  readonly workspace: string;
  readonly name: string;
  /** Nothing for a built-in role as it comes. */
  readonly definition: Role | undefined;
  readonly ordered: RoleOrder;
  /** Why its queue is shut; it is open when undefined. */
  readonly shut: RoleShut | undefined;
  /** Who does its work; that engine may be gone. */
  readonly engine: EngineId | undefined;
  /** How often its queue was opened again after it was shut. */
  readonly opened: number;
  /** How often it was started, or only paused, after it was stopped. */
  readonly started: number;
}

/** Rows of `roles`, and of `role_counts`, which triggers keep. */
export class RoleTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  of(workspace: string): StoredRole[] {
    return this.db.all('SELECT * FROM roles WHERE workspace = ? ORDER BY name', workspace).map(toRole);
  }

  all(): StoredRole[] {
    return this.db.all('SELECT * FROM roles ORDER BY workspace, name').map(toRole);
  }

  get(workspace: string, name: string): StoredRole | undefined {
    const row = this.db.get('SELECT * FROM roles WHERE workspace = ? AND name = ?', workspace, name);
    return row === undefined ? undefined : toRole(row);
  }

  set({ workspace, name, definition, ordered, shut, engine, opened, started }: StoredRole): void {
    this.db.run(
      `INSERT INTO roles VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         definition = excluded.definition, ordered = excluded.ordered, shut = excluded.shut, engine = excluded.engine, opened = excluded.opened,
         started = excluded.started`,
      workspace, name, definition === undefined ? null : JSON.stringify(definition), ordered, shut ?? null, engine ?? null, opened, started,
    );
  }

  /** Tasks of each role that ever had any in this workspace. */
  countsOf(workspace: string): ReadonlyMap<string, Counts> {
    const counts = new Map<string, Counts>();
    for (const row of this.db.all('SELECT role, status, timed, unexpected, n FROM role_counts WHERE workspace = ?', workspace)) {
      const role = String(row.role);
      counts.set(role, addToCounts(counts.get(role) ?? NO_COUNTS, row));
    }
    return counts;
  }

  /** Roles of all workspaces with tasks that run or could. */
  atWork(): { readonly workspace: string; readonly name: string }[] {
    return this.db
      .all(`SELECT DISTINCT workspace, role FROM role_counts WHERE n > 0 AND status <> 'finished' AND timed = 0`)
      .map((row) => ({ workspace: String(row.workspace), name: String(row.role) }));
  }
}

function toRole(row: Row): StoredRole {
  return {
    workspace: String(row.workspace),
    name: String(row.name),
    definition: row.definition === null ? undefined : (JSON.parse(String(row.definition)) as Role),
    ordered: row.ordered as RoleOrder,
    shut: row.shut === null ? undefined : (row.shut as RoleShut),
    engine: row.engine === null ? undefined : engineId(Number(row.engine)),
    opened: Number(row.opened),
    started: Number(row.started),
  };
}
