import type { AgentSettings } from './agent-settings.ts';

/** What a project says of agents; `null` is no limit. Programs, services and what may be run are a person's alone. */
export interface ProjectAgents {
  readonly claude?: Partial<Pick<AgentSettings['claude'], 'capacity' | 'model'>>;
  readonly autogen?: Partial<Pick<AgentSettings['autogen'], 'capacity' | 'model'>>;
  readonly vscode?: Partial<Pick<AgentSettings['vscode'], 'capacity' | 'model'>>;
  readonly handover?: AgentSettings['handover'];
  readonly maxTurns?: number | null;
  readonly maxCost?: number | null;
  readonly maxCostPerDay?: number | null;
}

/** A person's settings with what a project says on top. Pure. */
export function withProjectAgents(settings: AgentSettings, said: ProjectAgents): AgentSettings {
  const limit = (name: 'maxTurns' | 'maxCost' | 'maxCostPerDay'): number | undefined => (said[name] === undefined ? settings[name] : (said[name] ?? undefined));
  return {
    claude: { ...settings.claude, ...said.claude },
    autogen: { ...settings.autogen, ...said.autogen },
    vscode: { ...settings.vscode, ...said.vscode },
    handover: said.handover ?? settings.handover,
    maxTurns: limit('maxTurns'),
    maxCost: limit('maxCost'),
    maxCostPerDay: limit('maxCostPerDay'),
  };
}
