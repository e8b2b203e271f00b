import type { Threshold } from '../../core/assessment/grade-letter.ts';
import type { AgentSettings } from '../../core/model/agent-settings.ts';
import type { MachineSettings } from '../../core/model/machine-settings.ts';
import type { Role } from '../../core/model/role.ts';
import type { TaskType } from '../../core/model/task-type.ts';

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
export interface Settings {
  readonly maxParallel: number;
  readonly types: readonly TaskType[];
  /** 0..1. */
  readonly memoryThreshold: number;
  readonly machine: MachineSettings;
  readonly agents: AgentSettings;
  readonly saveBeforeQueue: boolean;
  readonly onClose: 'keep' | 'stop';
  readonly graceMs: number;
  readonly terminals: { readonly maxLive: number; readonly closeFinished: boolean; readonly keepFailed: boolean };
  readonly programs: Readonly<Record<string, string>>;
  readonly agentOutputs: string;
  readonly editorLocking: EditorLocking;
  readonly assessment: AssessmentSettings;
  readonly statusBar: boolean;
  /** Roles as they were configured: changes to the built-in ones, and the user's own. */
  readonly roles: readonly Role[];
  /** How roles with work are shown in the status bar. */
  readonly rolesStatusBar: 'each' | 'folded' | 'off';
  readonly notifyFailures: 'always' | 'batched' | 'never';
  readonly notifyConflicts: boolean;
  readonly confirm: { readonly cancelAll: boolean; readonly clearFinished: boolean };
  readonly durability: 'normal' | 'full';
  readonly retention: { readonly maxAgeMs: number; readonly maxBytes: number };
}
