import { AGENT_SETTINGS, ENGINE_SETTINGS } from '../core/settings/setting-keys.ts';

/** Every name that the code shares with `package.json`. A unit test holds the two equal both ways. */

/** Prefix of all settings, commands and context keys. */
export { SECTION } from '../core/settings/setting-keys.ts';

export const VIEW_CONTAINER = 'parallelWorkflow';

export const VIEWS = {
  tasks: 'parallelWorkflow.tasks',
  schedules: 'parallelWorkflow.schedules',
  agents: 'parallelWorkflow.agents',
  filesInUse: 'parallelWorkflow.filesInUse',
  roles: 'parallelWorkflow.roles',
  milestones: 'parallelWorkflow.milestones',
} as const;

/** In the panel area. */
export const PANEL_CONTAINER = 'parallelWorkflowPanel';

export const PANEL_VIEWS = {
  dashboard: 'parallelWorkflow.dashboard',
} as const;

/** Type of the dashboard's editor tab, by which VS Code opens it again after a reload. */
export const DASHBOARD_TAB = 'parallelWorkflow.dashboardTab';

export const COMMANDS = {
  runScript: 'parallelWorkflow.runScript',
  pickScripts: 'parallelWorkflow.pickScripts',
  queue: 'parallelWorkflow.queue',
  queueWithOptions: 'parallelWorkflow.queueWithOptions',
  queueBatch: 'parallelWorkflow.queueBatch',
  queuePrompt: 'parallelWorkflow.queuePrompt',
  queueSelectionAsPrompt: 'parallelWorkflow.queueSelectionAsPrompt',
  queuePromptWithFiles: 'parallelWorkflow.queuePromptWithFiles',
  followUp: 'parallelWorkflow.followUp',
  retryAfresh: 'parallelWorkflow.retryAfresh',
  cancel: 'parallelWorkflow.cancel',
  retry: 'parallelWorkflow.retry',
  hold: 'parallelWorkflow.hold',
  release: 'parallelWorkflow.release',
  changePriority: 'parallelWorkflow.changePriority',
  showTerminal: 'parallelWorkflow.showTerminal',
  openLog: 'parallelWorkflow.openLog',
  revealScript: 'parallelWorkflow.revealScript',
  copyDetails: 'parallelWorkflow.copyDetails',
  clearFinished: 'parallelWorkflow.clearFinished',
  pauseQueue: 'parallelWorkflow.pauseQueue',
  resumeQueue: 'parallelWorkflow.resumeQueue',
  cancelAll: 'parallelWorkflow.cancelAll',
  showEngineLog: 'parallelWorkflow.showEngineLog',
  openStateFolder: 'parallelWorkflow.openStateFolder',
  showTasks: 'parallelWorkflow.showTasks',
  groupBy: 'parallelWorkflow.groupBy',
  openDashboard: 'parallelWorkflow.openDashboard',
  saveAndStart: 'parallelWorkflow.saveAndStart',
  compareWithSaved: 'parallelWorkflow.compareWithSaved',
  startAnyway: 'parallelWorkflow.startAnyway',
  saveLocked: 'parallelWorkflow.saveLocked',
  showHolder: 'parallelWorkflow.showHolder',
  notifyWhenFree: 'parallelWorkflow.notifyWhenFree',
  cancelNotifyWhenFree: 'parallelWorkflow.cancelNotifyWhenFree',
  releaseLock: 'parallelWorkflow.releaseLock',
  copyFilePath: 'parallelWorkflow.copyFilePath',
  claimNextTime: 'parallelWorkflow.claimNextTime',
  newSchedule: 'parallelWorkflow.newSchedule',
  scheduleScript: 'parallelWorkflow.scheduleScript',
  runScheduleNow: 'parallelWorkflow.runScheduleNow',
  pauseSchedule: 'parallelWorkflow.pauseSchedule',
  resumeSchedule: 'parallelWorkflow.resumeSchedule',
  editSchedule: 'parallelWorkflow.editSchedule',
  removeSchedule: 'parallelWorkflow.removeSchedule',
  trustSchedule: 'parallelWorkflow.trustSchedule',
  showLastRun: 'parallelWorkflow.showLastRun',
  assessScript: 'parallelWorkflow.assessScript',
  assessFolder: 'parallelWorkflow.assessFolder',
  assessWorkspace: 'parallelWorkflow.assessWorkspace',
  showAssessmentReport: 'parallelWorkflow.showAssessmentReport',
  saveAssessmentReport: 'parallelWorkflow.saveAssessmentReport',
  refreshAgents: 'parallelWorkflow.refreshAgents',
  pinExecutionMode: 'parallelWorkflow.pinExecutionMode',
  showAgentStatus: 'parallelWorkflow.showAgentStatus',
  setUpAgent: 'parallelWorkflow.setUpAgent',
  openAgentSettings: 'parallelWorkflow.openAgentSettings',
  protectFiles: 'parallelWorkflow.protectFiles',
  unprotectFiles: 'parallelWorkflow.unprotectFiles',
  startRole: 'parallelWorkflow.startRole',
  pauseRole: 'parallelWorkflow.pauseRole',
  stopRole: 'parallelWorkflow.stopRole',
  startAllRoles: 'parallelWorkflow.startAllRoles',
  stopAllRoles: 'parallelWorkflow.stopAllRoles',
  queueToRole: 'parallelWorkflow.queueToRole',
  openRoleSettings: 'parallelWorkflow.openRoleSettings',
  showRoles: 'parallelWorkflow.showRoles',
  createParallelConfig: 'parallelWorkflow.createParallelConfig',
  createSchedulerConfig: 'parallelWorkflow.createSchedulerConfig',
  createResourceConfig: 'parallelWorkflow.createResourceConfig',
  createExecutionConfig: 'parallelWorkflow.createExecutionConfig',
  updateConfig: 'parallelWorkflow.updateConfig',
  showDailySummary: 'parallelWorkflow.showDailySummary',
  newMilestone: 'parallelWorkflow.newMilestone',
  editMilestones: 'parallelWorkflow.editMilestones',
  openMilestoneReport: 'parallelWorkflow.openMilestoneReport',
  showEffectiveConfig: 'parallelWorkflow.showEffectiveConfig',
  runGuiTests: 'parallelWorkflow.runGuiTests',
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** Commands that only rows and keys of the trees call: not in the palette, so not among `package.json`'s commands. */
export const TREE_COMMANDS = {
  /** A row was clicked or entered. */
  activate: 'parallelWorkflow.tasks.activate',
  /** Bound to Enter: opens the focused row at once, where a click first selects it. */
  open: 'parallelWorkflow.tasks.open',
  showMore: 'parallelWorkflow.tasks.showMore',
  activateFile: 'parallelWorkflow.filesInUse.activate',
  showMoreFiles: 'parallelWorkflow.filesInUse.showMore',
} as const;

/** Keys below `parallelWorkflow.`. */
export const SETTINGS = {
  ...ENGINE_SETTINGS,
  saveBeforeQueue: 'saveBeforeQueue',
  onClose: 'onClose',
  terminalsMaxLive: 'terminals.maxLive',
  terminalsCloseFinished: 'terminals.closeFinished',
  terminalsKeepFailed: 'terminals.keepFailed',
  fileLocksEditors: 'fileLocks.editors',
  assessmentOnSave: 'assessment.onSave',
  assessmentWhenQueued: 'assessment.whenQueued',
  assessmentThreshold: 'assessment.threshold',
  ...AGENT_SETTINGS,
  statusBar: 'statusBar.enabled',
  rolesStatusBar: 'roles.statusBar',
  notifyFailures: 'notifications.failures',
  notifyConflicts: 'notifications.conflicts',
  confirmCancelAll: 'confirmations.cancelAll',
  confirmClearFinished: 'confirmations.clearFinished',
} as const;

export type SettingKey = (typeof SETTINGS)[keyof typeof SETTINGS];

/** Context keys of ours that `when` clauses in `package.json` ask for. */
export const CONTEXTS = {
  /** The queue of this window's folders is paused. */
  paused: 'parallelWorkflow.paused',
  /** There are finished tasks to clear. */
  hasFinished: 'parallelWorkflow.hasFinished',
  /** There are tasks that run or wait. */
  hasUnfinished: 'parallelWorkflow.hasUnfinished',
  /** A task or a program writes the file in the active editor. */
  activeFileLocked: 'parallelWorkflow.activeFileLocked',
  /** Paths of files that somebody else holds; an array for the `in` operator, as the next two. */
  heldFiles: 'parallelWorkflow.heldFiles',
  /** Those of them whose locks can be released. */
  lockedFiles: 'parallelWorkflow.lockedFiles',
  /** Files that a notification was asked for. */
  awaitedFiles: 'parallelWorkflow.awaitedFiles',
  /** Paths of editors in which prompts are written. */
  promptDrafts: 'parallelWorkflow.promptDrafts',
} as const;

export type ContextKey = (typeof CONTEXTS)[keyof typeof CONTEXTS];

/** Words in a task node's `contextValue`, behind `task`; menus match them as whole words. */
export const TASK_WORDS = ['cancelable', 'retryable', 'holdable', 'releasable', 'hasLog', 'hasTerminal', 'hasScript', 'claimable', 'editorBlocked', 'followable'] as const;

/** Words in the `contextValue` of files in use, of who uses them, and of what was written without a claim. */
export const FILE_WORDS = ['use', 'user', 'held', 'breakable', 'awaitable', 'awaited', 'unclaimed'] as const;

/** Words in the `contextValue` of rows about agents. */
export const AGENT_WORDS = ['agent', 'needy', 'need', 'mode'] as const;

/** Words in the `contextValue` of roles. */
export const ROLE_WORDS = ['role', 'startable', 'pausable', 'stoppable', 'enabled'] as const;

/** Words in the `contextValue` of schedules and of their runs. */
export const SCHEDULE_WORDS = ['schedule', 'runnable', 'pausable', 'resumable', 'trustable', 'removable', 'hasLastRun', 'hasTasks'] as const;

/** Colour of files that somebody has locked. */
export const LOCKED_COLOR = 'parallelWorkflow.lockedForeground';

export type TaskWord = (typeof TASK_WORDS)[number];

/** Type of our tasks in `tasks.json`. */
export const TASK_TYPE = 'parallel';

/** URI scheme of the read-only log documents. */
export const LOG_SCHEME = 'parallel-workflow-log';

/** URI scheme of the report on scripts. */
export const ASSESSMENT_SCHEME = 'parallel-workflow-assessment';

/** Of texts that are proposed for files, shown before they are written. */
export const PROPOSED_SCHEME = 'parallel-workflow-proposed';

/** URI scheme of the daily summary. */
export const SUMMARY_SCHEME = 'parallel-workflow-summary';

/** URI scheme of the report on milestones. */
export const MILESTONE_SCHEME = 'parallel-workflow-milestones';

/** URI scheme of the read-only document with the configuration in force. */
export const CONFIG_SCHEME = 'parallel-workflow-configuration';

export const WALKTHROUGH = 'parallelWorkflow.start';
