import { DEFAULT_THRESHOLD, THRESHOLDS } from '../../core/assessment/grade-letter.ts';
import { readEngineSettings } from '../../core/settings/engine-settings.ts';
import { readAgentSettings } from '../../core/settings/read-agent-settings.ts';
import { SettingReader } from '../../core/settings/setting-reader.ts';
import { SETTINGS, type SettingKey } from '../ids.ts';
import type { Settings } from './settings.ts';

/** Settings from their raw values, and what is wrong with these. Bounds are those of `package.json`. */
export function readSettings(get: (key: SettingKey) => unknown): { readonly settings: Settings; readonly problems: readonly string[] } {
  const reader = new SettingReader<SettingKey>(get);
  const settings: Settings = {
    ...readEngineSettings(reader),
    agents: readAgentSettings(reader),
    saveBeforeQueue: reader.boolean(SETTINGS.saveBeforeQueue, true),
    onClose: reader.choice(SETTINGS.onClose, ['keep', 'stop'], 'keep'),
    terminals: {
      maxLive: reader.number(SETTINGS.terminalsMaxLive, 8, { min: 0, max: 32, integer: true }),
      closeFinished: reader.boolean(SETTINGS.terminalsCloseFinished, true),
      keepFailed: reader.boolean(SETTINGS.terminalsKeepFailed, true),
    },
    editorLocking: reader.choice(SETTINGS.fileLocksEditors, ['off', 'warn', 'enforce'], 'enforce'),
    assessment: {
      onSave: reader.boolean(SETTINGS.assessmentOnSave, true),
      whenQueued: reader.choice(SETTINGS.assessmentWhenQueued, ['off', 'warn', 'hold'], 'warn'),
      threshold: reader.choice(SETTINGS.assessmentThreshold, THRESHOLDS, DEFAULT_THRESHOLD),
    },
    statusBar: reader.boolean(SETTINGS.statusBar, true),
    rolesStatusBar: reader.choice(SETTINGS.rolesStatusBar, ['each', 'folded', 'off'], 'each'),
    notifyFailures: reader.choice(SETTINGS.notifyFailures, ['always', 'batched', 'never'], 'batched'),
    notifyConflicts: reader.boolean(SETTINGS.notifyConflicts, true),
    confirm: { cancelAll: reader.boolean(SETTINGS.confirmCancelAll, true), clearFinished: reader.boolean(SETTINGS.confirmClearFinished, true) },
  };
  return { settings, problems: reader.problems.map(({ message }) => message) };
}
