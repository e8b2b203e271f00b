import { AGENT_NAMES, isAvailable, type AgentName, type AgentState } from '../model/agents/agent.ts';
import type { AgentSettings } from '../model/agents/agent-settings.ts';
import type { ExecutionMode } from '../model/agents/execution-mode.ts';
import { executionMode } from './execution-mode.ts';
import { untilMidnight } from './calendar-day.ts';

/** What is known of the agents at one moment. */
export interface AgentFacts {
  readonly states: readonly AgentState[];
  readonly settings: AgentSettings;
  readonly pinned: ExecutionMode | undefined;
  /** US dollars since midnight. */
  readonly spent: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Prompts of this day have cost all that they may. */
export interface SpentUp {
  readonly spent: number;
  readonly limit: number;
  /** The next midnight; milliseconds since the epoch. */
  readonly until: number;
}

/** Who may take prompts now. */
export interface AgentsNow {
  readonly mode: ExecutionMode;
  readonly isPinned: boolean;
  readonly agents: Readonly<Record<AgentName, AgentNow>>;
  readonly spentUp: SpentUp | undefined;
}

export interface AgentNow {
  readonly state: AgentState | undefined;
  readonly capacity: number;
  /** Whether it may be given prompts, whatever the mode says of which. */
  readonly isUsable: boolean;
}

/** Pure. */
export function agentsNow({ states, settings, pinned, spent, now }: AgentFacts): AgentsNow {
  const limit = settings.maxCostPerDay;
  const spentUp = limit !== undefined && spent >= limit ? { spent, limit, until: now + untilMidnight(now) } : undefined;
  const agentNow = (name: AgentName): AgentNow => {
    const state = states.find((other) => other.name === name);
    const { capacity } = settings[name];
    return { state, capacity, isUsable: spentUp === undefined && capacity > 0 && state !== undefined && isAvailable(state, now) };
  };
  return {
    // Whether others are asked for tells `claude-only` from `takeover`, between which routing makes no difference.
    mode: executionMode({ agents: states, wanted: [], pinned, now }),
    isPinned: pinned !== undefined,
    agents: { claude: agentNow('claude'), autogen: agentNow('autogen'), vscode: agentNow('vscode') },
    spentUp,
  };
}

/** When prompts that wait now may go on by themselves: an agent's limit is over, or another day begins. Milliseconds since the epoch. */
export function nextReturn({ agents, spentUp }: AgentsNow, now: number): number | undefined {
  if (spentUp !== undefined) return spentUp.until;
  const returns = AGENT_NAMES.flatMap((name) => {
    const { state } = agents[name];
    return state?.status === 'limited' && state.until !== undefined && state.until > now ? [state.until] : [];
  });
  return returns.length === 0 ? undefined : Math.min(...returns);
}
