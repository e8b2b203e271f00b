import { batchId, taskId, type BatchId, type ScheduleId } from '../model/ids.ts';
import type { ScheduleRun, ScheduleRunState } from '../model/schedules/schedule.ts';
import type { ScheduleProgress, ScheduleRunView } from '../model/schedules/schedule-view.ts';
import type { Database, Row } from './database.ts';

/** Runs kept of each schedule. As long as a due time is kept, it does not fire again when the clock is set back. */
const KEPT = 1000;
/** Tasks named for each run. */
const MOST_TASKS = 20;

/** Rows of `schedule_runs`: what became of each due time that was met. */
export class ScheduleRunTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** @throws when this due time was met before: the table holds it once. */
  insert(schedule: ScheduleId, { dueAt, manual, state }: ScheduleRun): void {
    this.db.run('INSERT INTO schedule_runs (schedule, due_at, manual, state, batch, message) VALUES (?, ?, ?, ?, ?, ?)', schedule, dueAt, manual ? 1 : 0, ...columns(state));
    this.db.run(
      `DELETE FROM schedule_runs WHERE schedule = ?1 AND state <> 'waiting'
         AND id <= (SELECT id FROM schedule_runs WHERE schedule = ?1 ORDER BY id DESC LIMIT 1 OFFSET ${KEPT})`,
      schedule,
    );
  }

  has(schedule: ScheduleId, dueAt: number): boolean {
    return this.db.get('SELECT 1 FROM schedule_runs WHERE schedule = ? AND due_at = ? AND manual = 0', schedule, dueAt) !== undefined;
  }

  waiting(schedule: ScheduleId): number {
    return Number(this.db.get(`SELECT count(*) AS n FROM schedule_runs WHERE schedule = ? AND state = 'waiting'`, schedule)!.n);
  }

  /** How many of the latest due times, and no other since, met an error. */
  failuresInARow(schedule: ScheduleId): number {
    const since = "ifnull((SELECT max(id) FROM schedule_runs WHERE schedule = ?1 AND state <> 'failed'), 0)";
    return Number(this.db.get(`SELECT count(*) AS n FROM schedule_runs WHERE schedule = ?1 AND id > ${since}`, schedule)!.n);
  }

  /** What becomes of the first of the runs that wait. */
  settleFirstWaiting(schedule: ScheduleId, state: ScheduleRunState): void {
    this.db.run(
      `UPDATE schedule_runs SET state = ?, batch = ?, message = ? WHERE id = (SELECT min(id) FROM schedule_runs WHERE schedule = ? AND state = 'waiting')`,
      ...columns(state), schedule,
    );
  }

  /** None of the runs that wait is wanted any more. */
  skipWaiting(schedule: ScheduleId): void {
    this.db.run(`UPDATE schedule_runs SET state = 'skipped' WHERE schedule = ? AND state = 'waiting'`, schedule);
  }

  /** The latest first. */
  latest(schedule: ScheduleId, limit: number): ScheduleRunView[] {
    return this.db.all('SELECT * FROM schedule_runs WHERE schedule = ? ORDER BY id DESC LIMIT ?', schedule, limit).map((row) => {
      const run = { dueAt: Number(row.due_at), manual: row.manual === 1, state: toState(row) };
      return { ...run, ...(run.state.type === 'queued' ? this.outcomeOf(run.state.batch) : { progress: undefined, endedAt: undefined, tasks: [] }) };
    });
  }

  private outcomeOf(batch: BatchId): Pick<ScheduleRunView, 'progress' | 'endedAt' | 'tasks'> {
    const counts = this.db.get(
      `SELECT count(*) AS tasks, sum(status = 'finished') AS finished, sum(status = 'queued') AS queued, sum(unexpected) AS failed,
         sum(json_extract(outcome, '$.type') = 'cancelled') AS cancelled, max(since) AS since FROM tasks WHERE batch = ?`,
      batch,
    )!;
    const tasks = this.db.all('SELECT id FROM tasks WHERE batch = ? ORDER BY id LIMIT ?', batch, MOST_TASKS).map((row) => taskId(Number(row.id)));
    const progress = progressOf(counts);
    const hasEnded = progress === 'succeeded' || progress === 'failed' || progress === 'cancelled';
    return { progress, endedAt: hasEnded ? Number(counts.since) : undefined, tasks };
  }
}

function progressOf({ tasks, finished, queued, failed, cancelled }: Row): ScheduleProgress {
  if (tasks === 0) return 'gone';
  if (queued === tasks) return 'waiting';
  if (finished !== tasks) return 'running';
  if (Number(failed) > 0) return 'failed';
  return Number(cancelled) > 0 ? 'cancelled' : 'succeeded';
}

function columns(state: ScheduleRunState) {
  return [state.type, state.type === 'queued' ? state.batch : null, state.type === 'refused' || state.type === 'failed' ? state.message : null] as const;
}

function toState(row: Row): ScheduleRunState {
  switch (row.state) {
    case 'queued':
      return { type: 'queued', batch: batchId(Number(row.batch)) };
    case 'refused':
      return { type: 'refused', message: String(row.message) };
    case 'failed':
      return { type: 'failed', message: String(row.message) };
    default:
      return { type: row.state === 'waiting' ? 'waiting' : 'skipped' };
  }
}
