import { AGENT_NAMES, PROMPT_TYPE, type AgentChoice, type AgentName } from '../model/agents/agent.ts';
import type { TaskId } from '../model/ids.ts';
import type { AgentsNow } from './agents-now.ts';

/** A prompt that could start but for its agent. */
export interface QueuedPrompt {
  readonly id: TaskId;
  readonly agent: AgentChoice;
  /** Whose conversation it goes on with. */
  readonly goesOnWith: AgentName | undefined;
  readonly handover: 'allow' | 'never';
}

export type PromptClass = AgentName | typeof PROMPT_TYPE;

export interface RoutingFacts {
  /** In queue order. */
  readonly prompts: readonly QueuedPrompt[];
  readonly now: AgentsNow;
  /** Prompts that each agent has in hand. */
  readonly running: Readonly<Record<AgentName, number>>;
}

/**
 * Who each prompt of the queue waits for: its resource class. Pure; the same facts always give the same answer, so that work
 * goes back by itself to an agent that has returned.
 *
 * A prompt belongs to the agent that it names, else to the one that has its conversation, and stays there while that one may
 * be used, or when it may not be handed over. All others are free: in `supplement` they go to the agents other than Claude up
 * to what these can carry out at once, and to Claude beyond that; in `takeover` and `claude-only` to Claude; in `no-agent` to
 * nobody. Without Claude the others share what is more than they can take at once, by their capacity.
 */
export function routePrompts({ prompts, now, running }: RoutingFacts): ReadonlyMap<TaskId, PromptClass> {
  const { mode, agents } = now;
  const load: Record<AgentName, number> = { ...running };
  const others = AGENT_NAMES.filter((name) => name !== 'claude' && agents[name].isUsable);

  const isKept = ({ handover }: QueuedPrompt, home: AgentName): boolean => {
    if (handover === 'never') return true;
    return agents[home].isUsable && (mode === 'supplement' || (mode !== 'no-agent' && home === 'claude'));
  };

  const relativeLoad = (name: AgentName): number => load[name] / Math.max(agents[name].capacity, 1);
  const leastBusy = (names: readonly AgentName[]): AgentName | undefined => names.reduce<AgentName | undefined>((best, name) => (best === undefined || relativeLoad(name) < relativeLoad(best) ? name : best), undefined);

  const free = (): AgentName | undefined => {
    if (mode === 'no-agent') return undefined;
    const claude = agents.claude.isUsable ? 'claude' : undefined;
    if (mode !== 'supplement') return claude;
    return leastBusy(others.filter((name) => load[name] < agents[name].capacity)) ?? claude ?? leastBusy(others);
  };

  return new Map(
    prompts.map((prompt) => {
      const home = prompt.agent === 'auto' ? prompt.goesOnWith : prompt.agent;
      const agent = home !== undefined && isKept(prompt, home) ? home : (free() ?? (prompt.agent === 'auto' ? undefined : prompt.agent));
      if (agent !== undefined) load[agent]++;
      return [prompt.id, agent ?? PROMPT_TYPE];
    }),
  );
}
