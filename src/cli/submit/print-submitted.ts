import type { EnginePort, Submitted } from '../../core/engine/engine-port.ts';
import type { CommandContext } from '../command-context.ts';
import { taskTitle } from '../follow/event-line.ts';
import { isPaused, pausedText } from '../follow/tell-paused.ts';
import { printJson } from '../report/print-json.ts';
import { isServed, isServedWithTerminals } from '../serving-engine.ts';
import { taskIdText } from '../task-ids.ts';

/** Numbers of what was queued, and how to follow it or, when nobody is there to start it, what to do. */
export async function printSubmitted({ batch, tasks }: Submitted, workspace: string, engine: EnginePort, { output, json, quiet, cwd }: CommandContext): Promise<void> {
  const served = await isServed(workspace, engine);
  if (json) return printJson(output, { batch, tasks, workspace, served });
  if (quiet) return output.write(tasks.map((id) => `${id}\n`).join(''));
  const views = await engine.views(tasks.slice(0, 20));
  const lines = views.map(taskTitle);
  if (tasks.length > views.length) lines.push(`… and ${tasks.length - views.length} more, up to #${tasks.at(-1)}`);
  output.write(`Queued in ${workspace}:\n${lines.map((line) => `  ${line}\n`).join('')}`);
  const ids = taskIdText(tasks);
  const wait = `\`parallel-workflow wait${ids === undefined ? '' : ` ${ids}`}\``;
  const interactive = views.find(({ task }) => task.spec.interactive);
  if (await isPaused(workspace, engine)) return output.writeError(`${pausedText(workspace, cwd)}\n`);
  if (!served) output.writeError(`No engine serves this workspace now, so nothing starts yet: open it in VS Code, or run ${wait}${interactive === undefined ? '' : ' in a terminal'}.\n`);
  else if (interactive === undefined || (await isServedWithTerminals(workspace, engine))) output.write(`An engine serves this workspace and starts what waits; ${wait} follows it to the end.\n`);
  else output.writeError(`The engine that serves this workspace has no terminal, which ${taskTitle(interactive)} needs: open the workspace in VS Code, or run ${wait} in a terminal.\n`);
}
