import type { RunId } from '../model/ids.ts';
import type { Database, Row } from './database.ts';

/** How a run of a script went. Durations are milliseconds, memory bytes. */
export interface ScriptRun {
  readonly run: RunId;
  readonly workspace: string;
  /** Key of the script. */
  readonly script: string;
  /** The script as people know it. */
  readonly path: string;
  readonly args: string;
  readonly type: string;
  readonly startedAt: number;
  readonly wallMs: number;
  readonly cpuMs: number | undefined;
  /** Time ready to run without a core, as far as it was seen. */
  readonly waitedMs?: number | undefined;
  readonly peakMemory: number | undefined;
  /** Above which it would have been ended. */
  readonly memoryLimit: number | undefined;
  readonly asExpected: boolean;
}

/** A row with its number: later rows have higher ones. */
export interface StoredScriptRun extends Omit<ScriptRun, 'run'> {
  readonly id: number;
}

/** Kept of each script, and of all together. */
export const MOST_OF_SCRIPT = 200;
const MOST = 20_000;
/** A script has at most so many more until some are removed. */
const SLACK = 16;

/** Rows of `script_runs`: the past from which is learned what scripts need. It outlives the tasks. */
export class ScriptRunTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  add(run: ScriptRun): void {
    const { id } = this.db.run(
      `INSERT INTO script_runs (run, workspace, script, path, args, type, started_at, wall_ms, cpu_ms, waited_ms, peak_memory, memory_limit, as_expected)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run.run, run.workspace, run.script, run.path, run.args, run.type, run.startedAt, run.wallMs, run.cpuMs ?? null, run.waitedMs ?? null, run.peakMemory ?? null, run.memoryLimit ?? null, run.asExpected ? 1 : 0,
    );
    if (id % SLACK !== 0) return;
    // Not of this script only: with many scripts in turns, each would seldom be the one whose number fits.
    for (const row of this.db.all('SELECT DISTINCT script FROM script_runs WHERE id > ?', id - SLACK)) this.trim(String(row.script));
  }

  /** Removes the oldest rows beyond what is kept of all scripts. */
  trimAll(): void {
    this.db.run('DELETE FROM script_runs WHERE id <= (SELECT id FROM script_runs ORDER BY id DESC LIMIT 1 OFFSET ?)', MOST);
  }

  /** Number of the latest row; 0 without any. */
  latest(): number {
    return Number(this.db.get('SELECT max(id) AS id FROM script_runs')?.id ?? 0);
  }

  /** Rows after a number, oldest first. */
  since(id: number, limit: number): StoredScriptRun[] {
    return this.db.all('SELECT * FROM script_runs WHERE id > ? ORDER BY id LIMIT ?', id, limit).map(toScriptRun);
  }

  /** The latest runs of a script, oldest first. */
  of(script: string): StoredScriptRun[] {
    return this.db.all('SELECT * FROM script_runs WHERE script = ? ORDER BY id DESC LIMIT ?', script, MOST_OF_SCRIPT).map(toScriptRun).reverse();
  }

  /** All rows of these workspaces, oldest first. */
  ofWorkspaces(workspaces: readonly string[]): StoredScriptRun[] {
    return this.db
      .all('SELECT * FROM script_runs WHERE workspace IN (SELECT value FROM json_each(?)) ORDER BY id', JSON.stringify(workspaces))
      .map(toScriptRun);
  }

  private trim(script: string): void {
    this.db.run(
      'DELETE FROM script_runs WHERE script = ?1 AND id <= (SELECT id FROM script_runs WHERE script = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)',
      script, MOST_OF_SCRIPT,
    );
  }
}

function toScriptRun(row: Row): StoredScriptRun {
  const optional = (value: Row[string] | undefined): number | undefined => (value === null || value === undefined ? undefined : Number(value));
  return {
    id: Number(row.id),
    workspace: String(row.workspace),
    script: String(row.script),
    path: String(row.path),
    args: String(row.args),
    type: String(row.type),
    startedAt: Number(row.started_at),
    wallMs: Number(row.wall_ms),
    cpuMs: optional(row.cpu_ms),
    waitedMs: optional(row.waited_ms),
    peakMemory: optional(row.peak_memory),
    memoryLimit: optional(row.memory_limit),
    asExpected: row.as_expected === 1,
  };
}
