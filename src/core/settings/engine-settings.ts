import { DEFAULT_OPTIONS, type EngineOptions } from '../engine/engine-options.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { MachineSettings } from '../model/machine/machine-settings.ts';
import type { Role } from '../model/roles/role.ts';
import type { TaskType } from '../model/task-type.ts';
import { isFolderBelow } from '../spec/paths.ts';
import { readMachineSettings } from './read-machine-settings.ts';
import { readRoles } from './read-roles.ts';
import { readTaskTypes } from './read-task-types.ts';
import { ENGINE_SETTINGS } from './setting-keys.ts';
import type { SettingReader } from './setting-reader.ts';

const DAY_MS = 86_400_000;
const GB = 1e9;
const PROGRAMS = ['python', 'node', 'blender', 'Rscript', 'pwsh', 'bash', 'ruff'];

/** What an engine goes by, complete and checked. */
export interface EngineSettings {
  readonly maxParallel: number;
  readonly types: readonly TaskType[];
  /** 0..1. */
  readonly memoryThreshold: number;
  readonly machine: MachineSettings;
  /** Roles as they were configured: changes to the built-in ones, and the user's own. */
  readonly roles: readonly Role[];
  readonly graceMs: number;
  readonly programs: Readonly<Record<string, string>>;
  readonly agentOutputs: string;
  readonly durability: 'normal' | 'full';
  readonly retention: { readonly maxAgeMs: number; readonly maxBytes: number };
}

/** Bounds are those of `package.json`. */
export function readEngineSettings(reader: SettingReader): EngineSettings {
  return {
    maxParallel: reader.number(ENGINE_SETTINGS.maxParallel, DEFAULT_LIMITS.total, { min: 1, max: 1024, integer: true }),
    types: readTaskTypes(reader),
    memoryThreshold: reader.number(ENGINE_SETTINGS.memoryThreshold, DEFAULT_LIMITS.memoryThreshold * 100, { min: 10, max: 100 }) / 100,
    machine: readMachineSettings(reader),
    roles: readRoles(reader),
    graceMs: reader.number(ENGINE_SETTINGS.graceSeconds, DEFAULT_OPTIONS.graceMs / 1000, { min: 0, max: 3600 }) * 1000,
    programs: readPrograms(reader),
    agentOutputs: reader.text(ENGINE_SETTINGS.agentOutputs, DEFAULT_OPTIONS.agentOutputs, isFolderBelow, 'the name of a folder below the workspace folder'),
    durability: reader.choice(ENGINE_SETTINGS.durability, ['normal', 'full'], DEFAULT_OPTIONS.durability),
    retention: {
      maxAgeMs: reader.number(ENGINE_SETTINGS.logRetentionDays, DEFAULT_OPTIONS.retention.maxAgeMs / DAY_MS, { min: 1, max: 3650 }) * DAY_MS,
      maxBytes: reader.number(ENGINE_SETTINGS.logRetentionGigabytes, DEFAULT_OPTIONS.retention.maxBytes / GB, { min: 0.1, max: 10_000 }) * GB,
    },
  };
}

/** The part of an engine's options that settings decide; a change needs another engine. */
export function engineOptions({ durability, retention, graceMs, programs, agentOutputs }: EngineSettings): Pick<EngineOptions, 'durability' | 'retention' | 'graceMs' | 'programs' | 'agentOutputs'> {
  return { durability, retention, graceMs, programs, agentOutputs };
}

/** The part that an open engine is told. */
export function engineLimits({ maxParallel, types, memoryThreshold }: EngineSettings): Limits {
  return { total: maxParallel, types, memoryThreshold };
}

function readPrograms(reader: SettingReader): Readonly<Record<string, string>> {
  const programs: Record<string, string> = {};
  for (const [name, value] of reader.entries(ENGINE_SETTINGS.programs)) {
    if (!PROGRAMS.includes(name)) reader.report(`programs.${name}`, value, `one of ${PROGRAMS.map((known) => `\`${known}\``).join(', ')}`, 'it is ignored');
    else if (typeof value !== 'string' || value.trim() === '') reader.report(`programs.${name}`, value, 'the path or name of a program', 'it is looked for as if nothing were set');
    else programs[name] = value.trim();
  }
  return programs;
}
