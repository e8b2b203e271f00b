import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { Outcome } from '../../../src/core/model/outcome.ts';

export interface LeaseRow {
  readonly id: number;
  readonly pid: number;
}

export interface RunRow {
  readonly id: number;
  readonly task: number;
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly attempt: number;
  readonly engine: number | null;
  readonly folder: string;
  readonly pid: number | null;
  readonly claimed_at: number;
  readonly started_at: number | null;
  readonly ended_at: number | null;
}

export interface TaskRow {
  readonly id: number;
  readonly name: string;
  readonly status: string;
  readonly attempts: number;
  readonly outcome: Outcome | undefined;
}

const RUNS = 'SELECT runs.*, tasks.name, tasks.status FROM runs JOIN tasks ON tasks.id = runs.task';

/** Reads an engine's store from outside, past all of the engine's own code. */
export class StoreReader {
  private readonly file: string;
  private readonly database: DatabaseSync;

  constructor(file: string) {
    this.file = file;
    this.database = new DatabaseSync(file, { readOnly: true });
    this.database.exec('PRAGMA busy_timeout = 10000');
  }

  leases(): readonly LeaseRow[] {
    return this.all('SELECT id, pid FROM engines');
  }

  /** Processes of engines that have runs in hand. */
  busyPids(): ReadonlySet<number> {
    return new Set(this.all<LeaseRow>('SELECT id, pid FROM engines WHERE id IN (SELECT engine FROM runs WHERE ended_at IS NULL)').map(({ pid }) => pid));
  }

  tasks(): readonly TaskRow[] {
    return this.all<Omit<TaskRow, 'outcome'> & { outcome: string | null }>('SELECT id, name, status, attempts, outcome FROM tasks ORDER BY id').map((row) => ({
      ...row,
      outcome: row.outcome === null ? undefined : (JSON.parse(row.outcome) as Outcome),
    }));
  }

  task(id: number): TaskRow | undefined {
    return this.tasks().find((row) => row.id === id);
  }

  runs(): readonly RunRow[] {
    return this.all(`${RUNS} ORDER BY runs.id`);
  }

  run(id: number): RunRow | undefined {
    return this.all<RunRow>(`${RUNS} WHERE runs.id = ?`, id)[0];
  }

  runsOf(task: number): readonly RunRow[] {
    return this.all(`${RUNS} WHERE runs.task = ? ORDER BY runs.id`, task);
  }

  runsOfEngine(engine: number): readonly RunRow[] {
    return this.all(`${RUNS} WHERE runs.engine = ? AND runs.ended_at IS NULL`, engine);
  }

  count(sql: string, ...values: SQLInputValue[]): number {
    return Number(Object.values(this.all<Record<string, number>>(sql, ...values)[0] ?? {})[0] ?? 0);
  }

  unfinished(): number {
    return this.count(`SELECT count(*) FROM tasks WHERE status <> 'finished'`);
  }

  all<T>(sql: string, ...values: SQLInputValue[]): T[] {
    return this.database.prepare(sql).all(...values) as T[];
  }

  /** Changes the store behind the engines' backs, as a restart of the machine or the passing of time would. */
  alter(sql: string, ...values: SQLInputValue[]): void {
    const database = new DatabaseSync(this.file);
    try {
      database.exec('PRAGMA busy_timeout = 10000');
      database.prepare(sql).run(...values);
    } finally {
      database.close();
    }
  }

  close(): void {
    this.database.close();
  }
}
