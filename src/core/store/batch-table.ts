import type { BatchView } from '../model/batch-view.ts';
import { batchId, type BatchId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** Rows of `batches`. */
export class BatchTable {
  private readonly db: Database;
  /** Of batches that are over, which seldom change; by the version that it was read from. */
  private readonly walls = new Map<BatchId, { readonly version: string; readonly wallMs: number | undefined }>();

  constructor(db: Database) {
    this.db = db;
  }

  insert(workspace: string, name: string, now: number): BatchId {
    return batchId(this.db.run('INSERT INTO batches (workspace, name, submitted_at) VALUES (?, ?, ?)', workspace, name, now).id);
  }

  /** The latest batches that still have tasks, newest first. */
  latest(workspaces: readonly string[], limit: number): BatchView[] {
    return workspaces
      .flatMap((workspace) =>
        this.db.all(
          `SELECT b.id, b.workspace, b.name, b.submitted_at, count(t.id) AS total,
             sum(t.status = 'finished') AS finished, sum(t.unexpected) AS failed, max(t.since) AS since
           FROM (SELECT * FROM batches WHERE workspace = ? ORDER BY id DESC LIMIT ?) b JOIN tasks t ON t.batch = b.id GROUP BY b.id`,
          workspace, limit,
        ),
      )
      .map((row) => ({
        id: batchId(Number(row.id)),
        wallMs: row.finished === row.total ? this.wallOf(batchId(Number(row.id)), `${String(row.total)} ${String(row.since)}`) : undefined,
        workspace: String(row.workspace),
        name: String(row.name),
        submittedAt: Number(row.submitted_at),
        total: Number(row.total),
        finished: Number(row.finished),
        failed: Number(row.failed),
      }))
      .sort((a, b) => b.id - a.id)
      .slice(0, limit);
  }

  /** Forgets a batch whose last task is gone. */
  forgetIfEmpty(batch: BatchId): void {
    this.walls.delete(batch);
    this.db.run('DELETE FROM batches WHERE id = ? AND NOT EXISTS (SELECT 1 FROM tasks WHERE batch = batches.id)', batch);
  }

  private wallOf(batch: BatchId, version: string): number | undefined {
    const known = this.walls.get(batch);
    if (known?.version === version) return known.wallMs;
    const row = this.db.get(
      `SELECT max(r.ended_at) - min(r.started_at) AS wall FROM tasks t JOIN runs r ON r.id = (SELECT max(id) FROM runs WHERE task = t.id AND started_at IS NOT NULL)
       WHERE t.batch = ?`,
      batch,
    );
    const wallMs = row === undefined || row.wall === null ? undefined : Math.max(0, Number(row.wall));
    this.walls.set(batch, { version, wallMs });
    return wallMs;
  }
}
