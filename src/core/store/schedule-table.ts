import { batchId, scheduleId, type BatchId, type ScheduleId } from '../model/ids.ts';
import type { MissedPolicy, OverlapPolicy, Schedule, ScheduledRequest, ScheduleRule, ScheduleSource } from '../model/schedules/schedule.ts';
import type { Database, Row } from './database.ts';

/** A schedule as it is kept. */
export interface StoredSchedule extends Schedule {
  /** The next due time; none while it is paused, not trusted, or over. */
  readonly nextAt: number | undefined;
  /** A person has said yes to what it queues. */
  readonly trusted: boolean;
  /** Whether its file had it paused when it was last read. */
  readonly filePaused: boolean;
  readonly lastBatch: BatchId | undefined;
  /** Since when its file has it no more: it is kept in case it comes back, and is otherwise as if it were not there. */
  readonly goneAt: number | undefined;
}

export type NewStoredSchedule = Omit<StoredSchedule, 'id' | 'lastBatch' | 'goneAt'>;

/** Rows of `schedules`. */
export class ScheduleTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  insert(schedule: NewStoredSchedule): ScheduleId {
    const { id } = this.db.run(
      `INSERT INTO schedules (workspace, name, rule, time_zone, missed, overlap, role, paused, source, file, request, next_at, trusted, file_paused)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...columns(schedule),
    );
    return scheduleId(id);
  }

  update(id: ScheduleId, schedule: NewStoredSchedule): void {
    this.db.run(
      `UPDATE schedules SET workspace = ?, name = ?, rule = ?, time_zone = ?, missed = ?, overlap = ?, role = ?, paused = ?, source = ?, file = ?, request = ?,
         next_at = ?, trusted = ?, file_paused = ?, gone_at = NULL WHERE id = ?`,
      ...columns(schedule), id,
    );
  }

  setNext(id: ScheduleId, nextAt: number | undefined): void {
    this.db.run('UPDATE schedules SET next_at = ? WHERE id = ?', nextAt ?? null, id);
  }

  setLastBatch(id: ScheduleId, batch: BatchId): void {
    this.db.run('UPDATE schedules SET last_batch = ? WHERE id = ?', batch, id);
  }

  /** Its file has it no more. */
  setGone(id: ScheduleId, at: number): void {
    this.db.run('UPDATE schedules SET next_at = NULL, gone_at = ? WHERE id = ?', at, id);
  }

  /** Those that have been gone since before then. */
  goneBefore(at: number): ScheduleId[] {
    return this.db.all('SELECT id FROM schedules WHERE gone_at < ?', at).map((row) => scheduleId(Number(row.id)));
  }

  delete(id: ScheduleId): void {
    this.db.run('DELETE FROM schedules WHERE id = ?', id);
    this.db.run('DELETE FROM schedule_runs WHERE schedule = ?', id);
  }

  get(id: ScheduleId): StoredSchedule | undefined {
    const row = this.db.get('SELECT * FROM schedules WHERE id = ? AND gone_at IS NULL', id);
    return row === undefined ? undefined : toSchedule(row);
  }

  workspaces(): string[] {
    return this.db.all('SELECT DISTINCT workspace FROM schedules WHERE gone_at IS NULL').map((row) => String(row.workspace));
  }

  ofWorkspaces(workspaces: readonly string[]): StoredSchedule[] {
    return workspaces.flatMap((workspace) => this.db.all('SELECT * FROM schedules WHERE workspace = ? AND gone_at IS NULL ORDER BY id', workspace)).map(toSchedule);
  }

  /** With those that are gone. */
  ofFile(workspace: string, file: string): StoredSchedule[] {
    return this.db.all(`SELECT * FROM schedules WHERE workspace = ? AND source = 'file' AND file = ? ORDER BY id`, workspace, file).map(toSchedule);
  }

  /** Those that are due, and those of which a run waits for another that has ended. */
  ready(workspaces: readonly string[], now: number): ScheduleId[] {
    return workspaces
      .flatMap((workspace) => [
        ...this.db.all('SELECT id FROM schedules WHERE workspace = ? AND next_at <= ?', workspace, now),
        ...this.db.all(
          `SELECT id FROM schedules WHERE workspace = ? AND paused = 0 AND trusted = 1 AND gone_at IS NULL
             AND id IN (SELECT schedule FROM schedule_runs WHERE state = 'waiting')
             AND NOT EXISTS (SELECT 1 FROM tasks WHERE batch = last_batch AND status <> 'finished')`,
          workspace,
        ),
      ])
      .map((row) => scheduleId(Number(row.id)));
  }

  /** The earliest due time in these workspaces. */
  nextAt(workspaces: readonly string[]): number | undefined {
    const times = workspaces.flatMap((workspace) => this.db.get('SELECT min(next_at) AS at FROM schedules WHERE workspace = ?', workspace)?.at ?? []);
    return times.length === 0 ? undefined : Math.min(...times.map(Number));
  }

  /** The next first. */
  dueNext(workspaces: readonly string[], limit: number): StoredSchedule[] {
    return workspaces
      .flatMap((workspace) => this.db.all('SELECT * FROM schedules WHERE workspace = ? AND next_at IS NOT NULL ORDER BY next_at, id LIMIT ?', workspace, limit))
      .map(toSchedule)
      .sort((a, b) => a.nextAt! - b.nextAt! || a.id - b.id)
      .slice(0, limit);
  }

  countDue(workspaces: readonly string[]): number {
    return workspaces.reduce((sum, workspace) => sum + Number(this.db.get('SELECT count(next_at) AS n FROM schedules WHERE workspace = ?', workspace)!.n), 0);
  }

  /** Whether the tasks it queued last have not all ended. */
  isAtWork(id: ScheduleId): boolean {
    return this.db.get(`SELECT 1 FROM schedules s JOIN tasks t ON t.batch = s.last_batch WHERE s.id = ? AND t.status <> 'finished' LIMIT 1`, id) !== undefined;
  }
}

function columns(schedule: NewStoredSchedule) {
  const { workspace, name, rule, timeZone, missed, overlap, role, paused, source, request, nextAt, trusted, filePaused } = schedule;
  return [
    workspace, name, JSON.stringify(rule), timeZone, missed, overlap, role ?? null, paused ? 1 : 0, source.type, source.type === 'file' ? source.path : null, JSON.stringify(request),
    nextAt ?? null, trusted ? 1 : 0, filePaused ? 1 : 0,
  ] as const;
}

function toSchedule(row: Row): StoredSchedule {
  return {
    id: scheduleId(Number(row.id)),
    workspace: String(row.workspace),
    name: String(row.name),
    rule: JSON.parse(String(row.rule)) as ScheduleRule,
    timeZone: String(row.time_zone),
    missed: row.missed as MissedPolicy,
    overlap: row.overlap as OverlapPolicy,
    paused: row.paused === 1,
    source: row.source === 'file' ? { type: 'file', path: String(row.file) } : { type: row.source as Exclude<ScheduleSource['type'], 'file'> },
    request: JSON.parse(String(row.request)) as ScheduledRequest,
    nextAt: row.next_at === null ? undefined : Number(row.next_at),
    trusted: row.trusted === 1,
    filePaused: row.file_paused === 1,
    lastBatch: row.last_batch === null ? undefined : batchId(Number(row.last_batch)),
    goneAt: row.gone_at === null ? undefined : Number(row.gone_at),
    ...(row.role !== null && { role: String(row.role) }),
  };
}
