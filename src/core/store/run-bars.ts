import { runId, taskId } from '../model/ids.ts';
import { isFailure, type Expectation, type Outcome } from '../model/outcome.ts';
import type { TimeSpan } from '../model/machine/machine-point.ts';
import type { RunBar } from '../model/run-bar.ts';
import type { Database, Row } from './database.ts';

/** Runs that lasted longer have an index of their own: a span need not be looked for in all of the past. Milliseconds. */
const LONG_MS = 86_400_000;

const COLUMNS = `r.id, r.task, t.name, r.type, json_extract(t.spec, '$.role') AS role, json_extract(t.spec, '$.agent') AS agent,
  json_extract(t.spec, '$.expect') AS expect, r.ready_at, r.claimed_at, r.started_at, r.ended_at, r.outcome`;
const OF_WORKSPACES = 't.workspace IN (SELECT value FROM json_each(?1))';

/** The latest runs of these workspaces that touch the span, by their start. */
export function runBars(db: Database, { from, to }: TimeSpan, workspaces: readonly string[], limit: number): RunBar[] {
  const given = JSON.stringify(workspaces);
  const ended = db.all(
    `SELECT ${COLUMNS} FROM runs r JOIN tasks t ON t.id = r.task
     WHERE r.claimed_at BETWEEN ?2 AND ?4 AND r.ended_at >= ?3 AND ${OF_WORKSPACES} ORDER BY r.claimed_at DESC LIMIT ?5`,
    given, from - LONG_MS, from, to, limit,
  );
  const long = db.all(
    `SELECT ${COLUMNS} FROM runs r JOIN tasks t ON t.id = r.task
     WHERE r.ended_at - r.claimed_at > ${LONG_MS} AND r.ended_at >= ?3 AND r.claimed_at < ?2 AND ${OF_WORKSPACES} ORDER BY r.claimed_at DESC LIMIT ?4`,
    given, from - LONG_MS, from, limit,
  );
  const active = db.all(
    `SELECT ${COLUMNS} FROM runs r JOIN tasks t ON t.id = r.task WHERE r.ended_at IS NULL AND r.claimed_at <= ?2 AND ${OF_WORKSPACES} ORDER BY r.claimed_at DESC LIMIT ?3`,
    given, to, limit,
  );
  return [...ended, ...long, ...active]
    .map(toBar)
    .sort((a, b) => a.startedAt - b.startedAt || a.run - b.run)
    .slice(-limit);
}

function toBar(row: Row): RunBar {
  const text = (name: string): string | undefined => (row[name] === null ? undefined : String(row[name]));
  const outcome = text('outcome');
  const ended = outcome === undefined ? undefined : (JSON.parse(outcome) as Outcome);
  const claimedAt = Number(row.claimed_at);
  return {
    task: taskId(Number(row.task)),
    run: runId(Number(row.id)),
    name: String(row.name),
    type: String(row.type),
    role: text('role'),
    agent: text('agent'),
    // Runs of before this was kept waited for an unknown time.
    waitedFrom: Math.min(row.ready_at === null ? claimedAt : Number(row.ready_at), claimedAt),
    startedAt: row.started_at === null ? claimedAt : Number(row.started_at),
    endedAt: row.ended_at === null ? undefined : Number(row.ended_at),
    outcome: ended,
    isFailure: ended !== undefined && isFailure(ended, JSON.parse(String(row.expect)) as Expectation),
  };
}
