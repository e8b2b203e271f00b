import type { AgentName } from '../model/agent.ts';

const LABELS: Readonly<Record<AgentName, string>> = { claude: 'Claude Code', autogen: 'AutoGen', vscode: 'VS Code' };

/** What people call an agent. */
export function agentLabel(name: AgentName): string {
  return LABELS[name];
}
