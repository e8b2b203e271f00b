import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, SubmitRequest } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { CommandContext } from '../command-context.ts';
import { isServedWithTerminals } from '../serving-engine.ts';
import { taskTitle } from './event-line.ts';

/** @throws UserError when all that is to be queued needs a terminal, and neither we nor a window has one for it. */
export async function refuseWithoutTerminal(request: SubmitRequest, engine: EnginePort, context: CommandContext): Promise<void> {
  const { workspace, defaults, tasks } = request;
  if (context.hasKeyboard || !tasks.every((task) => isInteractive({ ...objectOf(defaults), ...objectOf(task) }))) return;
  if (!(await isServedWithTerminals(workspace, engine))) throw new UserError(`${tasks.length === 1 ? 'An interactive task needs' : 'Interactive tasks need'} a terminal, and there is none here, so nothing was queued:`, wayOut(workspace));
}

/** Tells which tasks cannot start, before they are followed. @throws UserError when that is all of them. */
export async function tellWithoutTerminal(ids: readonly TaskId[], engine: EnginePort, context: CommandContext): Promise<void> {
  if (context.hasKeyboard) return;
  const open = (await engine.views(ids)).filter(({ task }) => task.state.status !== 'finished');
  const interactive = open.filter(({ task }) => task.spec.interactive && task.state.status === 'queued');
  const workspaces = new Set(interactive.map(({ task }) => task.workspace));
  for (const workspace of [...workspaces]) if (await isServedWithTerminals(workspace, engine)) workspaces.delete(workspace);
  const stuck = interactive.filter(({ task }) => workspaces.has(task.workspace));
  const [first] = stuck;
  if (first === undefined) return;
  const who = `${taskTitle(first)}${stuck.length === 1 ? ' needs' : ` and ${stuck.length - 1} more need`} a terminal, and there is none here:`;
  if (stuck.length === open.length) throw new UserError(who, wayOut(first.task.workspace));
  context.output.writeError(`${who} ${wayOut(first.task.workspace)} The others go on meanwhile.\n`);
}

function wayOut(workspace: string): string {
  return `open ${workspace} in VS Code, or run this command in a terminal.`;
}

function isInteractive({ interactive }: { readonly interactive?: unknown }): boolean {
  return interactive === true;
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
