import type { Run } from '../model/run.ts';
import type { Task } from '../model/task.ts';
import { RUN_MARK } from '../process/process-table.ts';

/** Set for agents whose runner asks for each file that they write. */
export const GUARDED_VARIABLE = 'PARALLEL_WORKFLOW_GUARDED';

/** Variables of the process that runs the engine and that must not leak into tasks: they would make programs believe they run inside VS Code, for the agent of the task that queued them, or under the lock around the engine. */
const NOT_INHERITED = /^(?:VSCODE_|ELECTRON_|NODE_CHANNEL_FD$|NODE_OPTIONS$|APPLICATION_INSIGHTS_|PARALLEL_WORKFLOW_(?:AGENT|HOLDS|GUARDED)$)/;

export interface TaskPlaces {
  readonly temp: string;
  /** Where the task leaves what it makes. */
  readonly output: string;
}

/** The environment of a run: the engine's without what belongs to its host, the product's variables, then the task's own. */
export function taskEnvironment(inherited: NodeJS.ProcessEnv, task: Task, run: Pick<Run, 'folder'>, places: TaskPlaces): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) if (value !== undefined && !NOT_INHERITED.test(name)) env[name] = value;
  return {
    ...env,
    PYTHONUNBUFFERED: '1',
    PYTHONIOENCODING: 'utf-8',
    FORCE_COLOR: '1',
    CLICOLOR_FORCE: '1',
    PY_COLORS: '1',
    TMPDIR: places.temp,
    TMP: places.temp,
    TEMP: places.temp,
    PARALLEL_WORKFLOW_TASK: String(task.id),
    PARALLEL_WORKFLOW_OUTPUT: places.output,
    ...(task.spec.agent !== undefined && { PARALLEL_WORKFLOW_AGENT: task.spec.agent }),
    ...task.spec.env,
    [RUN_MARK]: run.folder,
  };
}
