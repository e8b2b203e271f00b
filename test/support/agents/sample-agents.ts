import { agentsNow, type AgentFacts, type AgentsNow } from '../../../src/core/agents/agents-now.ts';
import type { AgentName, AgentState, AgentStatus } from '../../../src/core/model/agents/agent.ts';
import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../../src/core/model/agents/agent-settings.ts';

export function sampleAgent(name: AgentName, status: AgentStatus, more: Partial<AgentState> = {}): AgentState {
  return { name, status, models: [], checkedAt: 0, ...more };
}

/** Settings with these many prompts at once. */
export function withCapacities(capacities: Partial<Record<AgentName, number>>, more: Partial<AgentSettings> = {}): AgentSettings {
  const { claude, autogen, vscode } = DEFAULT_AGENT_SETTINGS;
  return {
    ...DEFAULT_AGENT_SETTINGS,
    claude: { ...claude, capacity: capacities.claude ?? claude.capacity },
    autogen: { ...autogen, capacity: capacities.autogen ?? autogen.capacity },
    vscode: { ...vscode, capacity: capacities.vscode ?? vscode.capacity },
    ...more,
  };
}

/** Agents in these states, nothing pinned and nothing spent. */
export function sampleAgentsNow(statuses: Partial<Record<AgentName, AgentStatus>>, more: Partial<AgentFacts> = {}): AgentsNow {
  const states = Object.entries(statuses).map(([name, status]) => sampleAgent(name as AgentName, status, status === 'limited' ? { until: 60_000, why: 'its service takes no more for now' } : {}));
  return agentsNow({ states, settings: DEFAULT_AGENT_SETTINGS, pinned: undefined, spent: 0, now: 1000, ...more });
}
