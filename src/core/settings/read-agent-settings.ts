import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../model/agents/agent-settings.ts';
import { AGENT_SETTINGS, type AgentSettingKey } from './setting-keys.ts';
import type { SettingReader } from './setting-reader.ts';

const SAFE = DEFAULT_AGENT_SETTINGS;
const CAPACITY = { min: 0, max: 64, integer: true } as const;
const VARIABLE = /^[A-Za-z_]\w*$/;

/** What a person decides about agents. An empty text means that nothing is set. */
export function readAgentSettings(reader: SettingReader<AgentSettingKey>): AgentSettings {
  const given = (key: AgentSettingKey, expected: string, isFine: (text: string) => boolean = () => true): string | undefined => {
    const text = reader.discreetText(key, '', (value) => value.trim() === '' || isFine(value.trim()), expected).trim();
    return text === '' ? undefined : text;
  };
  const program = given(AGENT_SETTINGS.agentsClaudeProgram, 'the path or name of a program');
  const python = given(AGENT_SETTINGS.agentsAutogenPython, 'the path or name of a Python');
  const baseUrl = given(AGENT_SETTINGS.agentsAutogenBaseUrl, 'an address such as `http://localhost:11434/v1`', isAddress);
  const allow = reader.texts(AGENT_SETTINGS.agentsClaudeAllow);
  const model = (key: AgentSettingKey): { readonly model?: string } => {
    const name = given(key, 'the name of a model');
    return name === undefined ? {} : { model: name };
  };
  return {
    claude: {
      ...(program !== undefined && { program }),
      capacity: reader.number(AGENT_SETTINGS.agentsClaudeCapacity, SAFE.claude.capacity, CAPACITY),
      ...model(AGENT_SETTINGS.agentsClaudeModel),
      projectHooks: reader.boolean(AGENT_SETTINGS.agentsClaudeProjectHooks, SAFE.claude.projectHooks),
      ...(allow.length > 0 && { allow }),
    },
    autogen: {
      ...(python !== undefined && { python }),
      capacity: reader.number(AGENT_SETTINGS.agentsAutogenCapacity, SAFE.autogen.capacity, CAPACITY),
      ...model(AGENT_SETTINGS.agentsAutogenModel),
      ...(baseUrl !== undefined && { baseUrl }),
      keyVariable: reader.discreetText(AGENT_SETTINGS.agentsAutogenKeyVariable, SAFE.autogen.keyVariable, (text) => VARIABLE.test(text), 'the name of an environment variable'),
    },
    vscode: { capacity: reader.number(AGENT_SETTINGS.agentsVscodeCapacity, SAFE.vscode.capacity, CAPACITY), ...model(AGENT_SETTINGS.agentsVscodeModel) },
    handover: reader.choice(AGENT_SETTINGS.agentsHandover, ['allow', 'never'], SAFE.handover),
    maxTurns: reader.numberOrNull(AGENT_SETTINGS.agentsMaxTurns, SAFE.maxTurns, { min: 1, max: 10_000, integer: true }),
    maxCost: reader.numberOrNull(AGENT_SETTINGS.agentsMaxCost, SAFE.maxCost, { min: 0.01, max: 100_000 }),
    maxCostPerDay: reader.numberOrNull(AGENT_SETTINGS.agentsMaxCostPerDay, SAFE.maxCostPerDay, { min: 0.01, max: 100_000 }),
  };
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
