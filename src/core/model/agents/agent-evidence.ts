import type { AgentName } from './agent.ts';

/** How an agent's turn ended, from what its program or service said in typed form; never from its prose. */
export type AgentEvidence =
  | { readonly type: 'completed' }
  | { readonly type: 'notInstalled'; readonly program: string }
  | { readonly type: 'notLoggedIn' }
  /** Until when, where the service said so; milliseconds since the epoch. */
  | { readonly type: 'rateLimited'; readonly until: number | undefined }
  | { readonly type: 'overloaded'; readonly status: number | undefined }
  /** The service could not be reached. */
  | { readonly type: 'unreachable' }
  /** The model declined, or a person withheld consent. */
  | { readonly type: 'refused'; readonly why: string }
  | { readonly type: 'budget'; readonly limit: 'turns' | 'cost' | 'costPerDay' }
  | { readonly type: 'crashed'; readonly message: string }
  /** Its service or program reported an error of its own. */
  | { readonly type: 'failed'; readonly message: string };

/** A write that was kept from an agent. */
export interface AgentRefusal {
  readonly tool: string;
  readonly path?: string;
  readonly why: string;
}

/** What one run of a prompt came to. The runner writes it into the run's folder; it grows while the run lasts. */
export interface AgentReport {
  readonly agent: AgentName;
  readonly evidence: AgentEvidence;
  readonly model?: string;
  /** By which the agent can go on with this conversation. */
  readonly session?: string;
  readonly turns: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Estimate in US dollars, where the agent gives one. */
  readonly costUsd?: number;
  readonly refusals: readonly AgentRefusal[];
  /** Absolute paths. */
  readonly filesChanged: readonly string[];
  /** Last thing it said; cut to some thousand characters. */
  readonly answer?: string;
}

/** Whether the same agent may succeed later by itself, or another one now: the task goes back to the queue, and its try does not count. */
export function isForLater(evidence: AgentEvidence): boolean {
  if (evidence.type === 'budget') return evidence.limit === 'costPerDay';
  return evidence.type === 'rateLimited' || evidence.type === 'overloaded' || evidence.type === 'notLoggedIn' || evidence.type === 'notInstalled' || evidence.type === 'unreachable';
}
