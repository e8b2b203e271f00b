import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { outputFolder } from '../../core/engine/runs/agent-outputs.ts';
import { DEFAULT_OPTIONS } from '../../core/engine/engine-options.ts';
import type { TaskView } from '../../core/engine/engine-port.ts';
import { isInside } from '../../core/spec/paths.ts';

/** The folder that holds what the latest run of a task left: its agent's, else that of its log; `undefined` when it never ran. */
export function outputPlace({ task, run }: TaskView): string | undefined {
  if (run === undefined) return undefined;
  const folder = outputFolder(task, run, DEFAULT_OPTIONS.agentOutputs);
  // Another engine may have been told another folder for agents.
  return folder === run.folder || existsSync(folder) ? folder : run.folder;
}

/** A path as short as it can be pasted into the same shell. */
export function shortPath(absolute: string, cwd: string, home = os.homedir()): string {
  if (isInside(absolute, cwd)) return path.relative(cwd, absolute) || '.';
  return isInside(absolute, home) && process.platform !== 'win32' ? path.join('~', path.relative(home, absolute)) : absolute;
}
