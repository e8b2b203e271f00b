import { AGENT_NAMES, type AgentChoice, type AgentName, type AgentState } from '../model/agents/agent.ts';
import type { Database } from './database.ts';

/** Prompts in the queue of one class, for one agent. */
export interface QueuedFor {
  /** Their resource class: who is to carry them out as things are. */
  readonly type: string;
  /** Whom they ask for. */
  readonly agent: AgentChoice;
  readonly count: number;
}

/** What runs of prompts came to on a day. */
export interface AgentDay {
  readonly runs: number;
  readonly turns: number;
  readonly tokens: number;
  /** US dollars. */
  readonly cost: number;
}

/** Rows of `agents` and `agent_days`. */
export class AgentTable {
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  /** Those that were looked for, in their usual order. */
  all(): readonly { readonly state: AgentState }[] {
    const rows = this.db.all('SELECT state FROM agents');
    return rows.map(({ state }) => ({ state: JSON.parse(String(state)) as AgentState })).sort((a, b) => AGENT_NAMES.indexOf(a.state.name) - AGENT_NAMES.indexOf(b.state.name));
  }

  set(state: AgentState): void {
    this.db.run('INSERT INTO agents VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state', state.name, JSON.stringify(state));
  }

  /** Whom the first of the queued prompts are for. */
  queuedFor(limit: number): readonly QueuedFor[] {
    const first = `SELECT type, spec FROM tasks INDEXED BY tasks_prompts WHERE status = 'queued' AND type IN ('prompt', 'claude', 'autogen', 'vscode') ORDER BY position, id LIMIT ?`;
    return this.db
      .all(`SELECT type, coalesce(json_extract(spec, '$.work.agent'), 'auto') AS agent, count(*) AS n FROM (${first}) GROUP BY 1, 2 ORDER BY 1, 2`, limit)
      .map(({ type, agent, n }) => ({ type: String(type), agent: agent as AgentChoice, count: Number(n) }));
  }

  /** `day` is a date of the calendar, `2030-01-31`. */
  addTo(day: string, agent: AgentName, spent: AgentDay): void {
    this.db.run(
      `INSERT INTO agent_days VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         runs = runs + excluded.runs, turns = turns + excluded.turns, tokens = tokens + excluded.tokens, cost = cost + excluded.cost`,
      day, agent, spent.runs, spent.turns, spent.tokens, spent.cost,
    );
  }

  /** What a day cost so far, agent by agent. */
  spentOn(day: string): ReadonlyMap<AgentName, AgentDay> {
    const rows = this.db.all('SELECT agent, runs, turns, tokens, cost FROM agent_days WHERE day = ?', day);
    return new Map(rows.map((row) => [row.agent as AgentName, { runs: Number(row.runs), turns: Number(row.turns), tokens: Number(row.tokens), cost: Number(row.cost) }]));
  }
}
