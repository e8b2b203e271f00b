import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../report/print-json.ts';
import { withObserver, workspaceFor } from '../session.ts';
import { ID_HELP, parseTaskIds, taskIdText } from '../task-ids.ts';

export const clearCommand = command({
  usage: ['clear ID...', 'clear [--yes]', 'clear --all [--yes]'],
  about: [
    'Takes finished tasks with their runs and logs out of the list: those named, else all of the workspace. What they wrote elsewhere stays;',
    'what runs or waits is not touched. Milestones count the tasks in the list, so what is cleared counts for them no more. Who names no tasks is asked first, or, where nobody sits at a terminal, has to say --yes.',
    ID_HELP,
  ],
  options: {
    all: { type: 'boolean', short: 'a', help: 'the finished tasks of all workspaces of this machine' },
    yes: { type: 'boolean', short: 'y', help: 'do not ask, as in scripts' },
  },
  needsState: always,
  run(context, { options, positionals }) {
    if (options.all && positionals.length > 0) throw new UserError('`--all` and the numbers of tasks do not go together.');
    return withObserver(context, async (engine) => (positionals.length > 0 ? clearNamed(positionals, engine, context) : clearAll(options, engine, context)));
  },
});

async function clearNamed(words: readonly string[], engine: EnginePort, context: CommandContext): Promise<number> {
  const ids = parseTaskIds(words);
  const states = new Map((await engine.views(ids)).map(({ task }) => [task.id, task.state.status]));
  const missing = ids.filter((id) => !states.has(id));
  if (missing.length === ids.length) throw new UserError(`${thereIsNo(missing)};`, '`parallel-workflow list --all` shows those there are.');
  const open = ids.filter((id) => states.has(id) && states.get(id) !== 'finished');
  const cleared = await engine.clearFinished([], ids);
  if (context.json) {
    const refused = [...missing.map((id) => ({ id, why: 'there is no such task' })), ...open.map((id) => ({ id, why: 'it has not finished' }))];
    printJson(context.output, { cleared, refused });
    return refused.length === 0 ? EXIT.ok : EXIT.refused;
  }
  tell(cleared, '', context);
  if (missing.length > 0) context.output.writeError(`${thereIsNo(missing)}.\n`);
  if (open.length > 0) context.output.writeError(`${open.length === 1 ? `Task #${open[0]!} has not finished and is` : `Tasks ${namesOf(open)} have not finished and are`} left in the list.\n`);
  return missing.length + open.length === 0 ? EXIT.ok : EXIT.refused;
}

async function clearAll({ all, yes }: { readonly all: boolean; readonly yes: boolean }, engine: EnginePort, context: CommandContext): Promise<number> {
  const roots = all ? [] : [await workspaceFor(context, engine)];
  const place = roots[0] === undefined ? ' of all workspaces of this machine' : ` of ${roots[0]}`;
  const { finished, failed } = (await engine.status(roots)).counts;
  if (finished === 0) {
    tell(0, place, context);
    return EXIT.ok;
  }
  const what = `${tasks(finished)}${failed === 0 ? '' : ` (${failed} failed)`}${place} with ${finished === 1 ? 'its' : 'their'} runs and logs`;
  if (!yes && !(await isConfirmed(what, context))) {
    context.output.writeError('Nothing was cleared.\n');
    return EXIT.refused;
  }
  tell(await engine.clearFinished(roots), place, context);
  return EXIT.ok;
}

async function isConfirmed(what: string, context: CommandContext): Promise<boolean> {
  if (!context.hasKeyboard || context.json) throw new UserError(`This would take ${what} out of the list; say \`--yes\` to do it, or name the tasks.`);
  return /^y(es)?$/i.test((await context.ask(`Take ${what} out of the list? [y/N] `)).trim());
}

function tell(cleared: number, place: string, { output, json, quiet }: CommandContext): void {
  if (json) printJson(output, { cleared, refused: [] });
  else if (!quiet) output.write(`Cleared ${tasks(cleared)}${place}.\n`);
}

function thereIsNo(ids: readonly TaskId[]): string {
  return ids.length === 1 ? `There is no task #${ids[0]!}` : `There are no tasks ${namesOf(ids)}`;
}

function namesOf(ids: readonly TaskId[]): string {
  return taskIdText(ids) ?? `(${ids.length} of those named)`;
}

function tasks(count: number): string {
  return `${count} finished ${count === 1 ? 'task' : 'tasks'}`;
}
