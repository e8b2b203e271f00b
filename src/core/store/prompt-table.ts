import type { AgentChoice, AgentName } from '../model/agents/agent.ts';
import { taskId, type TaskId } from '../model/ids.ts';
import type { Database } from './database.ts';
import { STARTABLE } from './task-table.ts';

/** A prompt that could start but for its agent. */
export interface StartablePrompt {
  readonly id: TaskId;
  /** Its class now. */
  readonly type: string;
  readonly position: number;
  readonly agent: AgentChoice;
  readonly goesOnWith: AgentName | undefined;
  /** As the prompt itself says. */
  readonly handover: 'allow' | 'never' | undefined;
}

/** Which of a prompt's runs count for what; runs are numbered from 1. */
export interface PromptPast {
  /** Whose conversation its next run goes on with, its own or that of the prompt that it follows up. */
  readonly goesOnWith: AgentName | undefined;
  /** Conversations of its runs up to this one are left behind. */
  readonly afreshAfter: number;
  /** What its runs up to this one spent does not count against its limits: a person has queued it again since. */
  readonly grantedAfter: number;
}

/** A prompt that was begun afresh leaves the conversation that it followed up behind, too. */
const GOES_ON = 'coalesce(task.goes_on, CASE WHEN task.afresh = 0 THEN followed.goes_on END)';
const FOLLOWED = `LEFT JOIN tasks AS followed ON followed.id = json_extract(task.spec, '$.work.follows')`;

/** What the store keeps of tasks that are prompts. */
export class PromptTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Whether any waits. */
  isAnyQueued(): boolean {
    return this.db.get(`SELECT 1 FROM tasks INDEXED BY tasks_prompts WHERE status = 'queued' AND type IN ('prompt', 'claude', 'autogen', 'vscode') LIMIT 1`) !== undefined;
  }

  /** The first of a class that could start but for their agent, in queue order. */
  startable(workspace: string, type: string, limit: number): StartablePrompt[] {
    const first = `SELECT * FROM tasks INDEXED BY tasks_startable WHERE workspace = ? AND type = ? AND ${STARTABLE} ORDER BY position, id LIMIT ?`;
    return this.db
      .all(
        `SELECT task.id, task.type, task.position, json_extract(task.spec, '$.work.agent') AS agent, json_extract(task.spec, '$.work.handover') AS handover, ${GOES_ON} AS goes_on
           FROM (${first}) AS task ${FOLLOWED} ORDER BY task.position, task.id`,
        workspace, type, limit,
      )
      .map((row) => ({
        id: taskId(Number(row.id)),
        type: String(row.type),
        position: Number(row.position),
        agent: row.agent as AgentChoice,
        goesOnWith: (row.goes_on ?? undefined) as AgentName | undefined,
        handover: (row.handover ?? undefined) as StartablePrompt['handover'],
      }));
  }

  pastOf(id: TaskId): PromptPast {
    const row = this.db.get(`SELECT ${GOES_ON} AS goes_on, task.afresh, task.granted FROM tasks AS task ${FOLLOWED} WHERE task.id = ?`, id);
    return { goesOnWith: (row?.goes_on ?? undefined) as AgentName | undefined, afreshAfter: Number(row?.afresh ?? 0), grantedAfter: Number(row?.granted ?? 0) };
  }

  /** Folders of runs whose conversation somebody who waits may go on with. */
  foldersToGoOnWith(): string[] {
    const waiting = `SELECT id, spec FROM tasks INDEXED BY tasks_prompts WHERE status = 'queued' AND type IN ('prompt', 'claude', 'autogen', 'vscode')`;
    return this.db.all(`SELECT runs.folder FROM (${waiting}) AS waiting JOIN runs ON runs.task IN (waiting.id, json_extract(waiting.spec, '$.work.follows'))`).map((row) => String(row.folder));
  }

  /** Whose conversation the next run goes on with. */
  setGoesOn(id: TaskId, agent: AgentName): void {
    this.db.run('UPDATE tasks SET goes_on = ? WHERE id = ?', agent, id);
  }

  /** The next run begins a new conversation. */
  beginAfresh(id: TaskId): void {
    this.db.run('UPDATE tasks SET goes_on = NULL, afresh = attempts WHERE id = ?', id);
  }

  /** A person has queued it again: its limits hold anew. */
  grantAnew(id: TaskId): void {
    this.db.run('UPDATE tasks SET granted = attempts WHERE id = ?', id);
  }
}
