import type { AgentName } from './agent.ts';
import type { AgentSettings } from './agent-settings.ts';
import type { Claim } from '../files/claim.ts';

/** An earlier run whose work is gone on with: of this task, or of the one it follows up. */
export interface EarlierRun {
  readonly agent: AgentName;
  readonly session: string | undefined;
  /** Its `stdout` is the conversation so far; its `changes.diff` what it changed. */
  readonly folder: string;
  /** Whether it is another task, whose prompt this one follows up. */
  readonly isOther: boolean;
}

/** What the engine tells the program that carries out a prompt. The program reads it from the run's folder. */
export interface AgentRequest {
  readonly task: number;
  readonly name: string;
  readonly home: string;
  readonly workspace: string;
  readonly cwd: string;
  readonly agent: AgentName;
  readonly prompt: string;
  readonly model?: string;
  /** Files that are given to the agent to read first; absolute. */
  readonly context: readonly string[];
  /** What the task itself holds while it runs. */
  readonly files: readonly Claim[];
  readonly maxTurns?: number;
  readonly maxCost?: number;
  /** The latest last. */
  readonly earlier: readonly EarlierRun[];
  /** Go on with the conversation of the earlier run rather than start afresh. */
  readonly resume: boolean;
  /** Whether the person trusts the workspace, so that its hooks and servers may run where settings say so. */
  readonly isTrusted: boolean;
  readonly settings: AgentSettings;
  /** The agent's program as it was detected; absolute. */
  readonly program?: string;
  /** Names of the environment's variables that the task sets itself: the agent gets them, also where they look like secrets. */
  readonly variables?: readonly string[];
}

/** Files of a run's folder that engine and runner share. */
export const AGENT_FILES = {
  request: 'agent-request.json',
  report: 'agent-report.json',
  /** Raw events of the agent, one JSON text a line. */
  events: 'events.ndjson',
  diff: 'changes.diff',
} as const;
