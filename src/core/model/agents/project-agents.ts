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

type SaidOfAgent = NonNullable<ProjectAgents['claude']>;
const LIMITS = ['maxTurns', 'maxCost', 'maxCostPerDay'] as const;

/** One word for several projects: of each limit the strictest that one of them sets, and the model of the first that names one. Pure. */
export function settledProjectAgents(said: readonly ProjectAgents[]): ProjectAgents {
  const agents = (['claude', 'autogen', 'vscode'] as const).flatMap((name) => {
    const settled = settledAgent(said.flatMap((each) => each[name] ?? []));
    return settled === undefined ? [] : [[name, settled] as const];
  });
  const handovers = said.flatMap(({ handover }) => handover ?? []);
  const limits = LIMITS.flatMap((name) => {
    const values = said.flatMap((each) => (each[name] === undefined ? [] : [each[name]]));
    const set = values.filter((value) => value !== null);
    return values.length === 0 ? [] : [[name, set.length === 0 ? null : Math.min(...set)] as const];
  });
  return {
    ...Object.fromEntries(agents),
    ...(handovers.length > 0 && { handover: handovers.includes('never') ? ('never' as const) : ('allow' as const) }),
    ...Object.fromEntries(limits),
  };
}

function settledAgent(said: readonly SaidOfAgent[]): SaidOfAgent | undefined {
  const capacities = said.flatMap(({ capacity }) => capacity ?? []);
  const model = said.find((each) => each.model !== undefined)?.model;
  if (capacities.length === 0 && model === undefined) return undefined;
  return { ...(capacities.length > 0 && { capacity: Math.min(...capacities) }), ...(model !== undefined && { model }) };
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
