import type { AgentState } from './agent.ts';
import type { ExecutionMode } from './execution-mode.ts';

/** A Claude session in one of the workspace's folders that none of our tasks runs. */
export interface ForeignSession {
  readonly pid: number;
  readonly cwd: string;
  readonly name: string | undefined;
  readonly status: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number | undefined;
}

/** The agents as people see them. */
export interface AgentsView {
  readonly agents: readonly (AgentState & {
    readonly capacity: number;
    readonly running: number;
    readonly waiting: number;
    /** Since midnight; US dollars. */
    readonly costToday: number;
  })[];
  readonly mode: ExecutionMode;
  /** Why this mode, in a sentence. */
  readonly reason: string;
  readonly pinned: ExecutionMode | undefined;
  /** Prompts that wait for an agent to be there. */
  readonly stranded: number;
  readonly sessions: readonly ForeignSession[];
}

/** A model that a window offers. */
export interface WindowModel {
  readonly id: string;
  readonly vendor: string;
  readonly family: string;
  readonly name: string;
  readonly maxInputTokens: number;
}
