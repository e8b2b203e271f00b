/** Every name that the code shares with `package.json`. A unit test holds the two equal both ways. */

/** Prefix of all settings, commands and context keys. */
export const SECTION = 'parallelWorkflow';

export const VIEW_CONTAINER = 'parallelWorkflow';

export const VIEWS = {
  tasks: 'parallelWorkflow.tasks',
} as const;

export const COMMANDS = {
  runScript: 'parallelWorkflow.runScript',
  queue: 'parallelWorkflow.queue',
  queueWithOptions: 'parallelWorkflow.queueWithOptions',
  queueBatch: 'parallelWorkflow.queueBatch',
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
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

/** Commands that only rows and keys of the task tree call: not in the palette, so not among `package.json`'s commands. */
export const TREE_COMMANDS = {
  /** A row was clicked or entered. */
  activate: 'parallelWorkflow.tasks.activate',
  /** Bound to Enter: opens the focused row at once, where a click first selects it. */
  open: 'parallelWorkflow.tasks.open',
  showMore: 'parallelWorkflow.tasks.showMore',
} as const;

/** Keys below `parallelWorkflow.`. */
export const SETTINGS = {
  maxParallel: 'maxParallel',
  types: 'types',
  memoryThreshold: 'memoryThreshold',
  saveBeforeQueue: 'saveBeforeQueue',
  onClose: 'onClose',
  graceSeconds: 'graceSeconds',
  terminalsMaxLive: 'terminals.maxLive',
  terminalsCloseFinished: 'terminals.closeFinished',
  terminalsKeepFailed: 'terminals.keepFailed',
  programs: 'programs',
  agentOutputs: 'agentOutputs',
  statusBar: 'statusBar.enabled',
  notifyFailures: 'notifications.failures',
  confirmCancelAll: 'confirmations.cancelAll',
  confirmClearFinished: 'confirmations.clearFinished',
  durability: 'durability',
  logRetentionDays: 'logRetention.days',
  logRetentionGigabytes: 'logRetention.gigabytes',
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
} as const;

export type ContextKey = (typeof CONTEXTS)[keyof typeof CONTEXTS];

/** Words in a task node's `contextValue`, behind `task`; menus match them as whole words. */
export const TASK_WORDS = ['cancelable', 'retryable', 'holdable', 'releasable', 'hasLog', 'hasTerminal', 'hasScript'] as const;

export type TaskWord = (typeof TASK_WORDS)[number];

/** Type of our tasks in `tasks.json`. */
export const TASK_TYPE = 'parallel';

/** URI scheme of the read-only log documents. */
export const LOG_SCHEME = 'parallel-workflow-log';

export const WALKTHROUGH = 'parallelWorkflow.start';
