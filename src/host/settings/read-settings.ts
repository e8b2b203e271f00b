import path from 'node:path';
import { DEFAULT_THRESHOLD, THRESHOLDS } from '../../core/assessment/grade-letter.ts';
import { DEFAULT_OPTIONS } from '../../core/engine/engine-options.ts';
import { DEFAULT_LIMITS } from '../../core/model/limits.ts';
import { SETTINGS, type SettingKey } from '../ids.ts';
import { readAgentSettings } from './read-agent-settings.ts';
import { readMachineSettings } from './read-machine-settings.ts';
import { readRoles } from './read-roles.ts';
import { readTaskTypes } from './read-task-types.ts';
import { SettingReader } from './setting-reader.ts';
import type { Settings } from './settings.ts';

const DAY_MS = 86_400_000;
const GIB = 2 ** 30;
const PROGRAMS = ['python', 'node', 'blender', 'Rscript', 'pwsh', 'bash', 'ruff'];

/** Settings from their raw values, and what is wrong with these. Bounds are those of `package.json`. */
export function readSettings(get: (key: SettingKey) => unknown): { readonly settings: Settings; readonly problems: readonly string[] } {
  const reader = new SettingReader(get);
  const settings: Settings = {
    maxParallel: reader.number(SETTINGS.maxParallel, DEFAULT_LIMITS.total, { min: 1, max: 1024, integer: true }),
    types: readTaskTypes(reader),
    memoryThreshold: reader.number(SETTINGS.memoryThreshold, 85, { min: 10, max: 100 }) / 100,
    machine: readMachineSettings(reader),
    agents: readAgentSettings(reader),
    saveBeforeQueue: reader.boolean(SETTINGS.saveBeforeQueue, true),
    onClose: reader.choice(SETTINGS.onClose, ['keep', 'stop'], 'keep'),
    graceMs: reader.number(SETTINGS.graceSeconds, DEFAULT_OPTIONS.graceMs / 1000, { min: 0, max: 3600 }) * 1000,
    terminals: {
      maxLive: reader.number(SETTINGS.terminalsMaxLive, 8, { min: 0, max: 32, integer: true }),
      closeFinished: reader.boolean(SETTINGS.terminalsCloseFinished, true),
      keepFailed: reader.boolean(SETTINGS.terminalsKeepFailed, true),
    },
    programs: readPrograms(reader),
    agentOutputs: reader.text(SETTINGS.agentOutputs, DEFAULT_OPTIONS.agentOutputs, isBelow, 'the name of a folder below the workspace folder'),
    editorLocking: reader.choice(SETTINGS.fileLocksEditors, ['off', 'warn', 'enforce'], 'enforce'),
    assessment: {
      onSave: reader.boolean(SETTINGS.assessmentOnSave, true),
      whenQueued: reader.choice(SETTINGS.assessmentWhenQueued, ['off', 'warn', 'hold'], 'warn'),
      threshold: reader.choice(SETTINGS.assessmentThreshold, THRESHOLDS, DEFAULT_THRESHOLD),
    },
    statusBar: reader.boolean(SETTINGS.statusBar, true),
    roles: readRoles(reader),
    rolesStatusBar: reader.choice(SETTINGS.rolesStatusBar, ['each', 'folded', 'off'], 'each'),
    notifyFailures: reader.choice(SETTINGS.notifyFailures, ['always', 'batched', 'never'], 'batched'),
    notifyConflicts: reader.boolean(SETTINGS.notifyConflicts, true),
    confirm: { cancelAll: reader.boolean(SETTINGS.confirmCancelAll, true), clearFinished: reader.boolean(SETTINGS.confirmClearFinished, true) },
    durability: reader.choice(SETTINGS.durability, ['normal', 'full'], DEFAULT_OPTIONS.durability),
    retention: {
      maxAgeMs: reader.number(SETTINGS.logRetentionDays, DEFAULT_OPTIONS.retention.maxAgeMs / DAY_MS, { min: 1, max: 3650 }) * DAY_MS,
      maxBytes: reader.number(SETTINGS.logRetentionGigabytes, DEFAULT_OPTIONS.retention.maxBytes / GIB, { min: 0.1, max: 10_000 }) * GIB,
    },
  };
  return { settings, problems: reader.problems };
}

function readPrograms(reader: SettingReader): Readonly<Record<string, string>> {
  const programs: Record<string, string> = {};
  for (const [name, value] of reader.entries(SETTINGS.programs)) {
    if (!PROGRAMS.includes(name)) reader.report(`programs.${name}`, value, `one of ${PROGRAMS.map((known) => `\`${known}\``).join(', ')}`, 'it is ignored');
    else if (typeof value !== 'string' || value.trim() === '') reader.report(`programs.${name}`, value, 'the path or name of a program', 'it is looked for as if nothing were set');
    else programs[name] = value.trim();
  }
  return programs;
}

function isBelow(folder: string): boolean {
  const normal = path.normalize(folder.trim());
  return folder.trim() !== '' && normal !== '.' && !path.isAbsolute(normal) && normal !== '..' && !normal.startsWith(`..${path.sep}`);
}
