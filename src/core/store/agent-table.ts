import { AGENT_NAMES, type AgentName, type AgentState } from '../model/agent.ts';
import { engineId, type EngineId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** What is known of an agent, and which engine vouches for it: the models of a window go with the window. */
export interface StoredAgent {
  readonly state: AgentState;
  readonly engine: EngineId | undefined;
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
  all(): readonly StoredAgent[] {
    const rows = this.db.all('SELECT state, engine FROM agents');
    return rows
      .map(({ state, engine }) => ({ state: JSON.parse(String(state)) as AgentState, engine: engine === null ? undefined : engineId(Number(engine)) }))
      .sort((a, b) => AGENT_NAMES.indexOf(a.state.name) - AGENT_NAMES.indexOf(b.state.name));
  }

  set(state: AgentState, engine?: EngineId): void {
    this.db.run('INSERT INTO agents VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET state = excluded.state, engine = excluded.engine', state.name, JSON.stringify(state), engine ?? null);
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
