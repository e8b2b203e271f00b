import type { TaskGroup } from '../model/task-group.ts';
import { taskId, type BatchId, type HolderId, type TaskId } from '../model/ids.ts';
import type { Claim } from '../model/files/claim.ts';
import type { TaskSpec } from '../model/spec.ts';
import type { TaskState, TaskStatus } from '../model/task.ts';
import type { Database } from './database.ts';
import { stateColumns, toTask, type StoredTask } from './task-row.ts';

/** Of this priority or a more urgent one; the index `tasks_urgent` is made for it. */
export const URGENT = 3;

/** A queued task that no gate holds back. */
export const STARTABLE = `status = 'queued' AND held = 0 AND unmet = 0 AND timed = 0 AND parked IS NULL AND role_off = 0`;
/** Whether the queue of a task's role is shut. */
const ROLE_OFF = 'coalesce((SELECT shut IS NOT NULL FROM roles WHERE roles.workspace = tasks.workspace AND roles.name = tasks.role), 0)';

/** The conditions that make up each group, in the order of `tasks_by_group`. */
const GROUPS: Readonly<Record<TaskGroup, readonly string[]>> = {
  running: [`status = 'starting' AND timed = 0`, `status = 'running' AND timed = 0`, `status = 'paused' AND timed = 0`, `status = 'stopping' AND timed = 0`],
  waiting: [`status = 'queued' AND timed = 0`],
  scheduled: [`status = 'queued' AND timed = 1`],
  finished: [`status = 'finished' AND timed = 0`],
};

export interface NewTask {
  readonly spec: TaskSpec;
  readonly workspace: string;
  readonly batch: BatchId;
  readonly unmet: number;
}

/** A task by what milestones are made of. */
export interface NamedTask {
  readonly id: TaskId;
  readonly workspace: string;
  readonly name: string;
  readonly tags: readonly string[];
  /** It has finished as was expected of it, and was not skipped. */
  readonly isDone: boolean;
}

/** Rows of `tasks`. Every write is stamped with the transaction's revision. */
export class TaskTable {
  private readonly db: Database;
  private readonly revision: () => number;

  constructor(db: Database, revision: () => number) {
    this.db = db;
    this.revision = revision;
  }

  insert(task: NewTask, now: number): TaskId {
    const { spec } = task;
    const state = stateColumns(spec, { status: 'queued', held: false, readyAt: Math.max(now, spec.startAt ?? 0) }, now);
    const { id } = this.db.run(
      `INSERT INTO tasks (batch, workspace, name, type, priority, interactive, spec, submitted_at, status, held, unmet, timed, ready_at, position, attempts, tries, since, unexpected, rev, role, role_off)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued', 0, ?, ?, ?, ?, 0, 0, ?, 0, ?, ?, coalesce((SELECT shut IS NOT NULL FROM roles WHERE workspace = ?2 AND name = ?15), 0))`,
      task.batch, task.workspace, spec.name, spec.type, spec.priority, spec.interactive ? 1 : 0, JSON.stringify(spec), now,
      task.unmet, state.timed, state.readyAt, state.position, state.since, this.revision(), spec.role ?? null,
    );
    return taskId(id);
  }

  setState(task: StoredTask, state: TaskState, now: number): void {
    const to = stateColumns(task.spec, state, now);
    this.db.run(
      `UPDATE tasks SET status = ?, held = ?, timed = ?, parked = NULL, over_editors = CASE WHEN ?1 = 'finished' THEN 0 ELSE over_editors END, role_off = CASE WHEN ?1 = 'queued' THEN ${ROLE_OFF} ELSE role_off END, ready_at = ?, position = ?, run = ?, since = ?, cause = ?, outcome = ?, unexpected = ?, rev = ? WHERE id = ?`,
      to.status, to.held, to.timed, to.readyAt, to.position, to.run, to.since, to.cause, to.outcome, to.unexpected, this.revision(), task.id,
    );
  }

  setAttempts(id: TaskId, attempts: number, tries: number): void {
    this.db.run('UPDATE tasks SET attempts = ?, tries = ? WHERE id = ?', attempts, tries, id);
  }

  /** Bytes to set aside for its next run, whatever it declares. */
  setMemoryWanted(id: TaskId, bytes: number): void {
    this.db.run('UPDATE tasks SET memory_wanted = ?, rev = ? WHERE id = ?', bytes, this.revision(), id);
  }

  /** Of a prompt: the class of the agent it was given to. */
  setType(id: TaskId, type: string): void {
    this.db.run('UPDATE tasks SET type = ?, parked = NULL, rev = ? WHERE id = ?', type, this.revision(), id);
  }

  setCrashes(id: TaskId, crashes: number): void {
    this.db.run('UPDATE tasks SET crashes = ?, rev = ? WHERE id = ?', crashes, this.revision(), id);
  }

  setPriority(task: StoredTask, priority: number, now: number): void {
    this.db.run('UPDATE tasks SET priority = ?, rev = ? WHERE id = ?', priority, this.revision(), task.id);
    if (task.state.status === 'queued') this.setState({ ...task, spec: { ...task.spec, priority } }, task.state, now);
  }

  /** Takes a task out of the startable ones until `behind` has moved on. */
  park(id: TaskId, behind: HolderId): void {
    this.db.run('UPDATE tasks SET parked = ? WHERE id = ?', behind, id);
  }

  /** Makes startable again what is parked behind a holder of files; false when nothing is. */
  unparkBehind(holder: HolderId): boolean {
    if (this.db.get('SELECT 1 FROM tasks WHERE parked = ? LIMIT 1', holder) === undefined) return false;
    this.db.run('UPDATE tasks SET parked = NULL, rev = ? WHERE parked = ?', this.revision(), holder);
    return true;
  }

  /** Unsaved changes of people hold it back no longer. */
  setOverEditors(id: TaskId): void {
    this.db.run('UPDATE tasks SET over_editors = 1, parked = NULL, rev = ? WHERE id = ?', this.revision(), id);
  }

  /** Takes the waiting tasks of a role out of the startable ones, or back among them. */
  setRoleOff(workspace: string, role: string, isOff: boolean): void {
    const off = isOff ? 1 : 0;
    this.db.run(`UPDATE tasks SET role_off = ?1, rev = ? WHERE workspace = ? AND role = ? AND status = 'queued' AND role_off <> ?1`, off, this.revision(), workspace, role);
  }

  /** Tasks of a role that could be stopped; the first of them. */
  stoppableOfRole(workspace: string, role: string, limit: number): TaskId[] {
    return this.db.all(`SELECT id FROM tasks WHERE workspace = ? AND role = ? AND status IN ('queued', 'starting', 'running', 'paused') LIMIT ?`, workspace, role, limit).map((row) => taskId(Number(row.id)));
  }

  /** Tasks of a role that have not finished. */
  unfinishedOfRole(workspace: string, role: string): TaskId[] {
    return this.db.all(`SELECT id FROM tasks WHERE workspace = ? AND role = ? AND status IN ('queued', 'starting', 'running', 'paused', 'stopping')`, workspace, role).map((row) => taskId(Number(row.id)));
  }

  setFiles(task: StoredTask, files: readonly Claim[]): void {
    this.db.run('UPDATE tasks SET spec = ?, rev = ? WHERE id = ?', JSON.stringify({ ...task.spec, files }), this.revision(), task.id);
  }

  unparkAll(): void {
    this.db.run('UPDATE tasks SET parked = NULL, rev = ? WHERE parked IS NOT NULL', this.revision());
  }

  setUnmet(id: TaskId, unmet: number): void {
    this.db.run('UPDATE tasks SET unmet = ?, rev = ? WHERE id = ?', unmet, this.revision(), id);
  }

  /** Marks as changed without a change of its own, so that views look again at its run. */
  touch(id: TaskId): void {
    this.db.run('UPDATE tasks SET rev = ? WHERE id = ?', this.revision(), id);
  }

  delete(id: TaskId): void {
    this.db.run('DELETE FROM tasks WHERE id = ?', id);
  }

  get(id: TaskId): StoredTask | undefined {
    const row = this.db.get('SELECT * FROM tasks WHERE id = ?', id);
    return row === undefined ? undefined : toTask(row);
  }

  nameOf(id: TaskId): string | undefined {
    return this.db.get('SELECT name FROM tasks WHERE id = ?', id)?.name as string | undefined;
  }

  /** The first startable tasks of a type, in queue order; only urgent ones when asked, which an index of their own holds. */
  startable(workspace: string, type: string, limit: number, interactive: boolean, onlyUrgent = false): StoredTask[] {
    // Left to itself, SQLite takes the index of groups, in which those that are parked stand as well.
    const [index, urgent] = onlyUrgent ? ['tasks_urgent', ` AND priority <= ${URGENT}`] : ['tasks_startable', ''];
    return this.db
      .all(`SELECT * FROM tasks INDEXED BY ${index} WHERE workspace = ? AND type = ? AND ${STARTABLE}${urgent} AND interactive <= ? ORDER BY position, id LIMIT ?`, workspace, type, interactive ? 1 : 0, limit)
      .map(toTask);
  }

  /** The types of which a workspace has startable tasks: one look into the index for each. */
  startableTypes(workspace: string): string[] {
    const types: string[] = [];
    for (let last = ''; ; ) {
      const row = this.db.get(`SELECT type FROM tasks WHERE workspace = ? AND type > ? AND ${STARTABLE} ORDER BY type LIMIT 1`, workspace, last);
      if (row === undefined) return types;
      last = String(row.type);
      types.push(last);
    }
  }

  /** Lets tasks whose time has come into the queue. */
  openTimed(now: number): number {
    const due = this.db.get(`SELECT 1 FROM tasks WHERE status = 'queued' AND timed = 1 AND ready_at <= ? LIMIT 1`, now);
    if (due === undefined) return 0;
    return this.db.run(`UPDATE tasks SET timed = 0, rev = ? WHERE status = 'queued' AND timed = 1 AND ready_at <= ?`, this.revision(), now).changes;
  }

  nextTimed(): number | undefined {
    return this.db.get(`SELECT ready_at AS at FROM tasks WHERE status = 'queued' AND timed = 1 ORDER BY ready_at LIMIT 1`)?.at as number | undefined;
  }

  /** A page of a group in its order, over several workspaces: each is read by index, then they are merged. */
  page(group: TaskGroup, workspaces: readonly string[], offset: number, limit: number): StoredTask[] {
    const [only, ...others] = workspaces.flatMap((workspace) => GROUPS[group].map((where) => ({ workspace, where })));
    // Pages far down are read without those before them.
    if (only !== undefined && others.length === 0) return this.db.all(`SELECT * FROM tasks WHERE workspace = ? AND ${only.where} ORDER BY position, id LIMIT ? OFFSET ?`, only.workspace, limit, offset).map(toTask);
    const parts = workspaces.flatMap((workspace) =>
      GROUPS[group].flatMap((where) => this.db.all(`SELECT * FROM tasks WHERE workspace = ? AND ${where} ORDER BY position, id LIMIT ?`, workspace, offset + limit)),
    );
    parts.sort((a, b) => Number(a.position) - Number(b.position) || Number(a.id) - Number(b.id));
    return parts.slice(offset, offset + limit).map(toTask);
  }

  /** Tasks changed after a revision, however many, in a few words. */
  namedSince(revision: number): NamedTask[] {
    // What is called off or skipped is not unexpected, and yet not done.
    return this.db
      .all(
        `SELECT id, workspace, name, json_extract(spec, '$.tags') AS tags, status = 'finished' AND unexpected = 0 AND json_extract(outcome, '$.type') NOT IN ('cancelled', 'skipped') AS done
         FROM tasks WHERE rev > ?`,
        revision,
      )
      .map(({ id, workspace, name, tags, done }) => ({ id: taskId(Number(id)), workspace: String(workspace), name: String(name), tags: tags === null ? [] : (JSON.parse(String(tags)) as string[]), isDone: done === 1 }));
  }

  ofBatch(batch: BatchId): StoredTask[] {
    return this.db.all('SELECT * FROM tasks WHERE batch = ? ORDER BY id', batch).map(toTask);
  }

  idsOf(workspace: string, status: TaskStatus): TaskId[] {
    return this.db.all('SELECT id FROM tasks WHERE workspace = ? AND status = ? AND timed IN (0, 1)', workspace, status).map((row) => taskId(Number(row.id)));
  }

  /** Tasks of a workspace that have not finished. */
  unfinished(workspace: string): TaskId[] {
    return this.db.all(`SELECT id FROM tasks WHERE workspace = ? AND status IN ('queued', 'starting', 'running', 'paused', 'stopping') AND timed IN (0, 1) ORDER BY id`, workspace).map((row) => taskId(Number(row.id)));
  }

  /** Tasks changed after a revision; `undefined` when there are more than `limit`. */
  changedSince(revision: number, limit: number): TaskId[] | undefined {
    const rows = this.db.all('SELECT id FROM tasks WHERE rev > ? LIMIT ?', revision, limit + 1);
    return rows.length > limit ? undefined : rows.map((row) => taskId(Number(row.id)));
  }
}
