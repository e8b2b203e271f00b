import { AGENT_LABELS, type AgentName } from '../../model/agents/agent.ts';

/** What people call an agent. */
export function agentLabel(name: AgentName): string {
  return AGENT_LABELS[name];
}
