import { isAvailable, type AgentName, type AgentState } from '../model/agent.ts';
import type { ExecutionMode } from '../model/execution-mode.ts';

/** All that the mode depends on. */
export interface ModeFacts {
  readonly agents: readonly AgentState[];
  /** Agents other than Claude that prompts in the queue ask for by name. */
  readonly wanted: readonly AgentName[];
  readonly pinned: ExecutionMode | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Who carries out prompts. Pure.
 *
 * Of the agents other than Claude: `supplement` when one of them may be used, `takeover` when one was proved or asked for
 * and none may be used now, `claude-only` when there never was one. Without Claude the others go on alone, which is
 * `supplement` as well, and with nobody it is `no-agent`.
 */
export function executionMode({ agents, wanted, pinned, now }: ModeFacts): ExecutionMode {
  if (pinned !== undefined) return pinned;
  const others = agents.filter(({ name }) => name !== 'claude');
  if (others.some((state) => isAvailable(state, now))) return 'supplement';
  if (!agents.some((state) => state.name === 'claude' && isAvailable(state, now))) return 'no-agent';
  const isMissed = wanted.some((name) => name !== 'claude') || others.some(({ status }) => status === 'limited' || status === 'failing');
  return isMissed ? 'takeover' : 'claude-only';
}
