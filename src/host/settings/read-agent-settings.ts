import { DEFAULT_AGENT_SETTINGS, type AgentSettings } from '../../core/model/agents/agent-settings.ts';
import { SETTINGS, type SettingKey } from '../ids.ts';
import type { SettingReader } from '../../core/settings/setting-reader.ts';

const SAFE = DEFAULT_AGENT_SETTINGS;
const CAPACITY = { min: 0, max: 64, integer: true } as const;
const VARIABLE = /^[A-Za-z_]\w*$/;

/** What a person decides about agents. An empty text means that nothing is set. */
export function readAgentSettings(reader: SettingReader<SettingKey>): AgentSettings {
  const given = (key: SettingKey, expected: string, isFine: (text: string) => boolean = () => true): string | undefined => {
    const text = reader.discreetText(key, '', (value) => value.trim() === '' || isFine(value.trim()), expected).trim();
    return text === '' ? undefined : text;
  };
  const program = given(SETTINGS.agentsClaudeProgram, 'the path or name of a program');
  const python = given(SETTINGS.agentsAutogenPython, 'the path or name of a Python');
  const baseUrl = given(SETTINGS.agentsAutogenBaseUrl, 'an address such as `http://localhost:11434/v1`', isAddress);
  const allow = reader.texts(SETTINGS.agentsClaudeAllow);
  const model = (key: SettingKey): { readonly model?: string } => {
    const name = given(key, 'the name of a model');
    return name === undefined ? {} : { model: name };
  };
  return {
    claude: {
      ...(program !== undefined && { program }),
      capacity: reader.number(SETTINGS.agentsClaudeCapacity, SAFE.claude.capacity, CAPACITY),
      ...model(SETTINGS.agentsClaudeModel),
      projectHooks: reader.boolean(SETTINGS.agentsClaudeProjectHooks, SAFE.claude.projectHooks),
      ...(allow.length > 0 && { allow }),
    },
    autogen: {
      ...(python !== undefined && { python }),
      capacity: reader.number(SETTINGS.agentsAutogenCapacity, SAFE.autogen.capacity, CAPACITY),
      ...model(SETTINGS.agentsAutogenModel),
      ...(baseUrl !== undefined && { baseUrl }),
      keyVariable: reader.discreetText(SETTINGS.agentsAutogenKeyVariable, SAFE.autogen.keyVariable, (text) => VARIABLE.test(text), 'the name of an environment variable'),
    },
    vscode: { capacity: reader.number(SETTINGS.agentsVscodeCapacity, SAFE.vscode.capacity, CAPACITY), ...model(SETTINGS.agentsVscodeModel) },
    handover: reader.choice(SETTINGS.agentsHandover, ['allow', 'never'], SAFE.handover),
    maxTurns: reader.numberOrNull(SETTINGS.agentsMaxTurns, SAFE.maxTurns, { min: 1, max: 10_000, integer: true }),
    maxCost: reader.numberOrNull(SETTINGS.agentsMaxCost, SAFE.maxCost, { min: 0.01, max: 100_000 }),
    maxCostPerDay: reader.numberOrNull(SETTINGS.agentsMaxCostPerDay, SAFE.maxCostPerDay, { min: 0.01, max: 100_000 }),
  };
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
