import * as z from 'zod/mini';
import { rawSchedule } from '../schedules/raw-schedule.ts';
import { CONFIG_FILES, type ConfigFile } from './config-files.ts';
import { RAW_CONFIG } from './raw-config.ts';

const OPTIONS = { target: 'draft-7', io: 'input', unrepresentable: 'any' } as const;

const TITLES: Readonly<Record<ConfigFile, string>> = {
  execution: 'Parallel Workflow: roles and thresholds of this project',
  parallel: 'Parallel Workflow: limits, types of tasks and agents of this project',
  resource: 'Parallel Workflow: how the machine is watched and spared',
  scheduler: 'Parallel Workflow: schedules of this project',
};

/** Files of ours are read with both; VS Code's editor would mark them as mistakes. */
const LENIENT = { allowComments: true, allowTrailingCommas: true } as const;

/** The JSON schema by which an editor completes and checks a configuration file. */
export function jsonSchemaOf(file: ConfigFile): Readonly<Record<string, unknown>> {
  const schema = z.toJSONSchema(RAW_CONFIG[file], OPTIONS) as { properties: Record<string, { items?: unknown }> };
  if (file === 'scheduler') schema.properties.schedules!.items = { ...z.toJSONSchema(rawSchedule, OPTIONS), $schema: undefined };
  // Older shapes are read as well: what has no place in either is told by the check, not by the schema.
  return { $schema: 'http://json-schema.org/draft-07/schema#', title: TITLES[file], description: CONFIG_FILES[file], ...LENIENT, ...openAll(schema) };
}

/** Without what forbids fields that are not described. */
function openAll<T>(schema: T): T {
  if (Array.isArray(schema)) return (schema as unknown[]).map(openAll) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([name, value]) => name !== 'additionalProperties' || value !== false);
  return Object.fromEntries(kept.map(([name, value]) => [name, openAll(value as unknown)])) as T;
}
