import { assertNever } from '../base/assert-never.ts';
import { AGENT_LABELS, AGENT_NAMES, isAvailable, type AgentName, type AgentState } from '../model/agents/agent.ts';
import type { ExecutionMode } from '../model/agents/execution-mode.ts';
import { untilText } from './until-text.ts';

/** How long an agent that has worked is missed when it cannot be used any more. */
const MISSED_MS = 86_400_000;

/** All that the mode depends on. */
export interface ModeFacts {
  readonly agents: readonly AgentState[];
  /** Agents other than Claude that prompts in the queue ask for by name. */
  readonly wanted: readonly AgentName[];
  readonly pinned: ExecutionMode | undefined;
  /** The file that pinned it; a person did where there is none. */
  readonly pinnedBy?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export interface ModeDecision {
  readonly mode: ExecutionMode;
  /** Why, in a sentence or two. */
  readonly reason: string;
}

/**
 * Who carries out prompts. Pure.
 *
 * Of the agents other than Claude: `supplement` when one of them may be used, `takeover` when one has worked or is asked for
 * and none may be used now, `claude-only` when there never was one. Without Claude the others go on alone, which is
 * `supplement` as well, and with nobody it is `no-agent`.
 */
export function executionMode(facts: ModeFacts): ExecutionMode {
  return facts.pinned ?? freeMode(facts);
}

/** The same, with the reason. */
export function decideMode(facts: ModeFacts): ModeDecision {
  const free = freeMode(facts);
  const reason = `${consequence(free, facts)}: ${AGENT_NAMES.map((name) => standing(name, facts)).join('; ')}.`;
  if (facts.pinned === undefined) return { mode: free, reason };
  const who = facts.pinnedBy ?? 'A person';
  if (facts.pinned === free) return { mode: free, reason: `${who} pinned it, and it would be the same otherwise: ${reason}` };
  return { mode: facts.pinned, reason: `${who} pinned it; otherwise it would be \`${free}\`: ${reason}` };
}

function freeMode(facts: ModeFacts): ExecutionMode {
  if (othersThere(facts).length > 0) return 'supplement';
  if (!isThere('claude', facts)) return 'no-agent';
  return missed(facts).length > 0 ? 'takeover' : 'claude-only';
}

function othersThere(facts: ModeFacts): readonly AgentName[] {
  return AGENT_NAMES.filter((name) => name !== 'claude' && isThere(name, facts));
}

function isThere(name: AgentName, { agents, now }: ModeFacts): boolean {
  const state = agents.find((agent) => agent.name === name);
  return state !== undefined && isAvailable(state, now);
}

/** Those whose work Claude takes over: asked for, or at work until a while ago. */
function missed({ agents, wanted, now }: ModeFacts): readonly AgentName[] {
  const others = AGENT_NAMES.filter((name) => name !== 'claude');
  return others.filter((name) => {
    const state = agents.find((agent) => agent.name === name);
    if (wanted.includes(name) || state?.status === 'limited' || state?.status === 'failing') return true;
    return state?.provedAt !== undefined && now - state.provedAt < MISSED_MS;
  });
}

function standing(name: AgentName, { agents, now }: ModeFacts): string {
  const label = AGENT_LABELS[name];
  const state = agents.find((agent) => agent.name === name);
  if (state === undefined) return `${label} was not looked for yet`;
  if (isAvailable(state, now)) return `${label} is there`;
  switch (state.status) {
    case 'notInstalled':
      return name === 'vscode' ? `${label} offers no model` : `${label} is not installed`;
    case 'limited':
      return state.until === undefined ? `${label} is limited` : `${label} is limited until ${untilText(state.until, now)}`;
    case 'failing':
      return `${label} fails`;
    case 'installed':
    case 'credentials':
    case 'proved':
      return `${label} cannot be used yet${state.why === undefined ? '' : ` (${state.why})`}`;
    default:
      return assertNever(state.status);
  }
}

function consequence(mode: ExecutionMode, facts: ModeFacts): string {
  const named = (names: readonly AgentName[]): string => names.map((name) => AGENT_LABELS[name]).join(' and ');
  switch (mode) {
    case 'supplement':
      return isThere('claude', facts) ? `Claude Code takes what is more than ${named(othersThere(facts))} can take` : `Prompts go to ${named(othersThere(facts))}`;
    case 'takeover':
      return `Claude Code takes over what would be for ${named(missed(facts))}`;
    case 'claude-only':
      return 'All prompts go to Claude Code';
    case 'no-agent':
      return 'Prompts wait, scripts run';
    default:
      return assertNever(mode);
  }
}
