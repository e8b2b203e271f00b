import { AGENT_NAMES } from '../model/agents/agent.ts';
import type { ProjectAgents } from '../model/agents/project-agents.ts';
import { AGENT_FIELDS, type AgentField } from '../config/config-values.ts';
import { readAgentSettings } from './read-agent-settings.ts';
import { SettingReader, type SettingProblem } from './setting-reader.ts';

/** What a project says of agents, of the settings that it may make, and what is wrong with it. */
export function readProjectAgents(valueOf: (field: AgentField) => unknown): { readonly said: ProjectAgents; readonly problems: readonly SettingProblem[] } {
  const values = new Map<string, unknown>(AGENT_FIELDS.map((field) => [field, valueOf(field)]));
  const reader = new SettingReader<string>((key) => values.get(key), () => 'it is left out');
  const read = readAgentSettings(reader);
  const wrong = new Set(reader.problems.map(({ place }) => place));
  const isSaid = (field: string): boolean => values.get(`agents.${field}`) !== undefined && !wrong.has(`agents.${field}`);
  const agents = AGENT_NAMES.flatMap((name) => {
    const said = Object.entries(read[name]).filter(([field]) => isSaid(`${name}.${field}`));
    return said.length === 0 ? [] : [[name, Object.fromEntries(said)] as const];
  });
  const limits = (['maxTurns', 'maxCost', 'maxCostPerDay'] as const).filter(isSaid).map((name) => [name, read[name] ?? null] as const);
  return { said: { ...Object.fromEntries(agents), ...(isSaid('handover') && { handover: read.handover }), ...Object.fromEntries(limits) }, problems: reader.problems };
}
