import type { ConfigFile } from './config-files.ts';
import type { JsonPath } from './json-places.ts';
import { isPlain } from './translate.ts';

/** One setting that a file makes. */
export interface ConfigValue {
  /** As the setting of a person is called, without the product's name: `machine.thresholds`. */
  readonly key: string;
  /** As one would write it in the settings. */
  readonly value: unknown;
  /** In today's shape. */
  readonly path: JsonPath;
}

/** Settings behind the fields of each file. Fields not named here are no settings: `$schema`, `version`. */
const KEYS: Readonly<Record<ConfigFile, Readonly<Record<string, string>>>> = {
  execution: { thresholds: 'machine.thresholds', samplePeriod: 'machine.samplePeriod', roles: 'roles.definitions' },
  parallel: { maxParallel: 'maxParallel', memoryThreshold: 'memoryThreshold', types: 'types', graceSeconds: 'graceSeconds', agentOutputs: 'agentOutputs', executionMode: 'agents.executionMode' },
  resource: {
    thresholds: 'machine.thresholds', samplePeriod: 'machine.samplePeriod', dwellSeconds: 'machine.dwellSeconds', adaptive: 'machine.adaptive',
    adaptiveCeiling: 'machine.adaptiveCeiling', whenCritical: 'machine.whenCritical', yieldFromPriority: 'machine.yieldFromPriority', shadow: 'machine.shadow',
  },
  scheduler: { schedules: 'schedules' },
};

/** In its place, so that schedules that name no time zone of their own are refused while that of their file is wrong. The file is told so once for all of them. */
export const NO_ZONE = 'that of the file, which is wrong';

/** What a checked file sets, setting by setting. Of agents each field is one. */
export function configValues(file: ConfigFile, config: Readonly<Record<string, unknown>>, isZoneUnclear = false): readonly ConfigValue[] {
  const values: ConfigValue[] = [];
  for (const [field, value] of Object.entries(config)) {
    const key = KEYS[file][field];
    if (key !== undefined) values.push({ key, value: key === 'schedules' ? withZone(value, isZoneUnclear ? NO_ZONE : config.timeZone) : value, path: [field] });
    if (file === 'parallel' && field === 'agents') values.push(...agentValues(value as Readonly<Record<string, unknown>>));
  }
  return values;
}

function agentValues(agents: Readonly<Record<string, unknown>>): ConfigValue[] {
  return Object.entries(agents).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null) return [{ key: `agents.${name}`, value, path: ['agents', name] }];
    return Object.entries(value).map(([field, inner]): ConfigValue => ({ key: `agents.${name}.${field}`, value: inner, path: ['agents', name, field] }));
  });
}

function withZone(schedules: unknown, timeZone: unknown): unknown {
  if (timeZone === undefined) return schedules;
  return (schedules as readonly unknown[]).map((schedule) => (isPlain(schedule) ? { timeZone, ...schedule } : schedule));
}

/** Settings about agents that a file may make. */
export const AGENT_FIELDS = ['agents.claude.capacity', 'agents.claude.model', 'agents.autogen.capacity', 'agents.autogen.model', 'agents.vscode.capacity', 'agents.vscode.model', 'agents.handover', 'agents.maxTurns', 'agents.maxCost', 'agents.maxCostPerDay'] as const;

export type AgentField = (typeof AGENT_FIELDS)[number];

/** Settings that a file may make. */
export function configFields(file: ConfigFile): readonly string[] {
  return [...Object.values(KEYS[file]), ...(file === 'parallel' ? AGENT_FIELDS : [])];
}

/** The setting that a part of a file belongs to, in today's shape; `undefined` when that is more than one, or none. */
export function settingAt(file: ConfigFile, path: JsonPath): string | undefined {
  return configFields(file).find((key) => fieldOf(file, key)!.every((part, index) => part === path[index]));
}

/** The field of a file that makes a setting; `undefined` when no file does. */
export function fieldOf(file: ConfigFile, key: string): JsonPath | undefined {
  const field = Object.entries(KEYS[file]).find(([, known]) => known === key)?.[0];
  if (field !== undefined) return [field];
  return file === 'parallel' && key.startsWith('agents.') && key !== 'agents.executionMode' ? key.split('.') : undefined;
}
