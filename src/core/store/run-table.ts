import type { AgentReport } from '../model/agents/agent-evidence.ts';
import { engineId, runId, taskId, type EngineId, type RunId, type TaskId } from '../model/ids.ts';
import type { EstimateSource } from '../model/estimate.ts';
import type { TimeSpan } from '../model/machine/machine-point.ts';
import type { Outcome } from '../model/outcome.ts';
import type { FileConflict, UndeclaredWrite } from '../model/files/run-files.ts';
import type { Handover, Run } from '../model/run.ts';
import type { Database, Row } from './database.ts';

/** A run with what recovery needs to know its process again. */
export interface StoredRun extends Run {
  readonly pidStart: string | undefined;
  /** Identity of the machine's boot: processes of another boot are gone. */
  readonly boot: string;
  /** Of its task. */
  readonly type: string;
  /** Its task's place in the queue when it was claimed. */
  readonly position: number;
  /** Since when its task waited, milliseconds since the epoch; unknown of runs of earlier versions. */
  readonly readyAt: number | undefined;
  /** Cores and bytes set aside for it. */
  readonly reservedCpu: number;
  readonly reservedMemory: number;
  /** Where these come from; unknown of runs of earlier versions. */
  readonly cpuFrom: EstimateSource | undefined;
  readonly memoryFrom: EstimateSource | undefined;
  /** Key of its script, where something had to be estimated. */
  readonly script: string | undefined;
  /** Cores that it would use on a machine that nobody else uses. */
  readonly coresWanted: number | undefined;
  /** How long its processes have stood still, without a pause that lasts; milliseconds. */
  readonly pausedMs: number;
}

export interface NewRun {
  readonly task: TaskId;
  readonly type: string;
  readonly attempt: number;
  readonly engine: EngineId;
  readonly folder: string;
  readonly boot: string;
  readonly position: number;
  readonly reservedCpu: number;
  readonly reservedMemory: number;
  readonly cpuFrom?: EstimateSource;
  readonly memoryFrom?: EstimateSource;
  readonly script?: string | undefined;
  /** Since when its task waited; milliseconds since the epoch. */
  readonly readyAt?: number;
}

export interface RunEnd {
  readonly at: number;
  readonly outcome: Outcome;
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;
  readonly userMs: number | undefined;
  readonly systemMs: number | undefined;
  readonly peakMemory: number | undefined;
}

/** Rows of `runs`. */
export class RunTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  insert(run: NewRun, now: number): RunId {
    const { id } = this.db.run(
      `INSERT INTO runs (task, type, attempt, engine, folder, argv, position, reserved_cpu, reserved_memory, cpu_from, memory_from, script, ready_at, claimed_at, boot)
       VALUES (?, ?, ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      run.task, run.type, run.attempt, run.engine, run.folder, run.position, run.reservedCpu, run.reservedMemory,
      run.cpuFrom ?? null, run.memoryFrom ?? null, run.script ?? null, run.readyAt ?? now, now, run.boot,
    );
    return runId(id);
  }

  setStarted(id: RunId, argv: readonly string[], pid: number | undefined, pidStart: string | undefined, at: number): void {
    this.db.run('UPDATE runs SET argv = ?, pid = ?, pid_start = ?, started_at = ? WHERE id = ?', JSON.stringify(argv), pid ?? null, pidStart ?? null, at, id);
  }

  setEnded(id: RunId, end: RunEnd): void {
    this.db.run(
      `UPDATE runs SET ended_at = ?, outcome = ?, exit_code = ?, signal = ?, user_ms = ?, system_ms = ?,
         peak_memory = nullif(max(coalesce(peak_memory, 0), ?), 0), cores = NULL, cores_wanted = NULL, memory = NULL WHERE id = ?`,
      end.at, JSON.stringify(end.outcome), end.exitCode ?? null, end.signal ?? null, end.userMs ?? null, end.systemMs ?? null, end.peakMemory ?? 0, id,
    );
  }

  setUsage(id: RunId, cores: number, memory: number, peak: number, wanted = cores): void {
    this.db.run('UPDATE runs SET cores = ?, cores_wanted = ?, memory = ?, peak_memory = ? WHERE id = ? AND ended_at IS NULL', cores, wanted, memory, peak, id);
  }

  setFiles(id: RunId, undeclared: readonly UndeclaredWrite[], conflicts: readonly FileConflict[]): void {
    this.db.run('UPDATE runs SET undeclared = ?, conflicts = ? WHERE id = ?', JSON.stringify(undeclared), JSON.stringify(conflicts), id);
  }

  /** Adds to the time that its processes stood still; milliseconds. */
  addPaused(id: RunId, milliseconds: number): void {
    this.db.run('UPDATE runs SET paused_ms = paused_ms + ? WHERE id = ?', Math.max(0, milliseconds), id);
  }

  /** What the agent's turn came to. */
  setAgent(id: RunId, report: AgentReport): void {
    this.db.run('UPDATE runs SET agent = ? WHERE id = ?', JSON.stringify(report), id);
  }

  setHandover(id: RunId, handover: Handover): void {
    this.db.run('UPDATE runs SET handover = ? WHERE id = ?', JSON.stringify(handover), id);
  }

  setEngine(id: RunId, engine: EngineId | undefined): void {
    this.db.run('UPDATE runs SET engine = ? WHERE id = ?', engine ?? null, id);
  }

  /** Runs that an engine looks or looked after last, claimed since then. */
  ofEngineSince(engine: EngineId, from: number): StoredRun[] {
    return this.db.all('SELECT * FROM runs WHERE claimed_at >= ? AND engine = ?', from, engine).map(toRun);
  }

  /** Lets go of all active runs of an engine, so that another one may take them over. */
  releaseAll(engine: EngineId): void {
    this.db.run('UPDATE runs SET engine = NULL WHERE engine = ? AND ended_at IS NULL', engine);
  }

  get(id: RunId): StoredRun | undefined {
    const row = this.db.get('SELECT * FROM runs WHERE id = ?', id);
    return row === undefined ? undefined : toRun(row);
  }

  active(): StoredRun[] {
    return this.db.all('SELECT * FROM runs WHERE ended_at IS NULL').map(toRun);
  }

  ofTask(task: TaskId): StoredRun[] {
    return this.db.all('SELECT * FROM runs WHERE task = ? ORDER BY id', task).map(toRun);
  }

  latestOf(task: TaskId): StoredRun | undefined {
    const row = this.db.get('SELECT * FROM runs WHERE task = ? ORDER BY id DESC LIMIT 1', task);
    return row === undefined ? undefined : toRun(row);
  }

  /** When runs that touch a span began and ended, the earliest first, and how urgent they were. Those longer than a day have an index of their own. */
  timesBetween({ from, to }: TimeSpan): { readonly startedAt: number; readonly endedAt: number | undefined; readonly priority: number }[] {
    return this.db
      .all(
        `SELECT coalesce(r.started_at, r.claimed_at) AS started, r.ended_at, t.priority FROM runs r JOIN tasks t ON t.id = r.task
         WHERE (r.claimed_at BETWEEN ?1 - 86400000 AND ?2 AND r.ended_at >= ?1)
            OR (r.ended_at - r.claimed_at > 86400000 AND r.ended_at >= ?1 AND r.claimed_at <= ?2)
            OR (r.ended_at IS NULL AND r.claimed_at <= ?2)
         ORDER BY started, r.id`,
        from, to,
      )
      .map((row) => ({ startedAt: Number(row.started), endedAt: row.ended_at === null ? undefined : Number(row.ended_at), priority: Number(row.priority) }));
  }

  delete(id: RunId): void {
    this.db.run('DELETE FROM runs WHERE id = ?', id);
  }
}

/** NULL for the most, which have none. */
function list<T>(column: Row[string] | undefined): readonly T[] {
  return typeof column === 'string' ? (JSON.parse(column) as T[]) : [];
}

function toRun(row: Row): StoredRun {
  const optional = (name: string): number | undefined => (row[name] === null ? undefined : Number(row[name]));
  const text = (name: string): string | undefined => (row[name] === null ? undefined : String(row[name]));
  const engine = optional('engine');
  const outcome = text('outcome');
  return {
    id: runId(Number(row.id)),
    task: taskId(Number(row.task)),
    attempt: Number(row.attempt),
    engine: engine === undefined ? undefined : engineId(engine),
    folder: String(row.folder),
    argv: JSON.parse(String(row.argv)) as string[],
    claimedAt: Number(row.claimed_at),
    startedAt: optional('started_at'),
    endedAt: optional('ended_at'),
    pid: optional('pid'),
    pidStart: text('pid_start'),
    boot: String(row.boot),
    type: String(row.type),
    exitCode: optional('exit_code'),
    signal: text('signal'),
    userMs: optional('user_ms'),
    systemMs: optional('system_ms'),
    peakMemory: optional('peak_memory'),
    cores: optional('cores'),
    coresWanted: optional('cores_wanted'),
    memory: optional('memory'),
    undeclared: list<UndeclaredWrite>(row.undeclared),
    conflicts: list<FileConflict>(row.conflicts),
    outcome: outcome === undefined ? undefined : (JSON.parse(outcome) as Outcome),
    position: Number(row.position),
    readyAt: optional('ready_at'),
    reservedCpu: Number(row.reserved_cpu),
    reservedMemory: Number(row.reserved_memory),
    cpuFrom: text('cpu_from') as EstimateSource | undefined,
    memoryFrom: text('memory_from') as EstimateSource | undefined,
    script: text('script'),
    pausedMs: Number(row.paused_ms),
    ...(typeof row.agent === 'string' && { agent: JSON.parse(row.agent) as AgentReport }),
    ...(typeof row.handover === 'string' && { handover: JSON.parse(row.handover) as Handover }),
  };
}
