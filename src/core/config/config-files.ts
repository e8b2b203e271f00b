/** The configuration files of a project. Where two say the same thing, the later in this list is in force. */
export const CONFIG_FILES = {
  execution: 'parallel_execution_config.json',
  parallel: 'claude_parallel_config.json',
  resource: 'claude_resource_config.json',
  scheduler: 'claude_scheduler_config.json',
} as const;

export type ConfigFile = keyof typeof CONFIG_FILES;

export const CONFIG_FILE_KEYS = Object.keys(CONFIG_FILES) as readonly ConfigFile[];

/** Folders of a workspace in which they may lie, by which the later is in force where both have a file. */
export const CONFIG_FOLDERS = ['', '.vscode'] as const;

/** The shape that is written today. A file without `version` is of the first one. */
export const CONFIG_VERSION = 2;
