import type { Threshold } from '../../core/assessment/grade-letter.ts';
import type { AgentSettings } from '../../core/model/agents/agent-settings.ts';
import type { EngineSettings } from '../../core/settings/engine-settings.ts';

/** What editors and those who write their files have to do with each other. */
export type EditorLocking = 'off' | 'warn' | 'enforce';

/** When scripts are assessed without being asked for, and what follows from it. */
export interface AssessmentSettings {
  readonly onSave: boolean;
  /** What becomes of queued scripts that are graded below the threshold. */
  readonly whenQueued: 'off' | 'warn' | 'hold';
  /** The worst grade that is good enough. */
  readonly threshold: Threshold;
}

/** All settings of ours, complete and checked. */
export interface Settings extends EngineSettings {
  readonly agents: AgentSettings;
  readonly saveBeforeQueue: boolean;
  readonly onClose: 'keep' | 'stop';
  readonly terminals: { readonly maxLive: number; readonly closeFinished: boolean; readonly keepFailed: boolean };
  readonly editorLocking: EditorLocking;
  readonly assessment: AssessmentSettings;
  readonly statusBar: boolean;
  /** How roles with work are shown in the status bar. */
  readonly rolesStatusBar: 'each' | 'folded' | 'off';
  readonly notifyFailures: 'always' | 'batched' | 'never';
  readonly notifyConflicts: boolean;
  readonly confirm: { readonly cancelAll: boolean; readonly clearFinished: boolean };
}
