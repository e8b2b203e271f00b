import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { FOLLOW_OPTIONS, followToEnd } from '../follow/follow-to-end.ts';
import { openTasks } from '../open-tasks.ts';
import { withActor, withObserver, workspaceFor } from '../session.ts';
import { JOBS_OPTION, parseJobs } from '../submit/jobs.ts';
import { ID_HELP, parseTaskIds } from '../task-ids.ts';

export const waitCommand = command({
  usage: ['wait [ID...] [OPTIONS]'],
  about: [
    'Starts what waits in the workspace, as a VS Code window with it does, and follows the tasks to their end: those named,',
    'else all that run or wait. Held tasks, and those scheduled for later, are not waited for unless they are named.',
    'Exit code: 0 if every task followed ended as expected, 1 if one did not, 2 if there is no such task, 130 after Ctrl-C.',
    ID_HELP,
  ],
  options: { ...JOBS_OPTION, ...FOLLOW_OPTIONS },
  needsState: always,
  async run(context, { options, positionals }) {
    const jobs = parseJobs(options.jobs);
    const cancelOnInterrupt = options['cancel-on-interrupt'];
    if (positionals.length > 0) {
      const ids = parseTaskIds(positionals);
      const roots = await withObserver(context, (engine) => workspacesOf(ids, engine));
      return withActor(context, roots, (engine) => followToEnd(engine, ids, context, { cancelOnInterrupt }), jobs);
    }
    const workspace = await withObserver(context, (engine) => workspaceFor(context, engine));
    return withActor(context, [workspace], (engine) => waitForAll(engine, workspace, context, cancelOnInterrupt), jobs);
  },
});

async function waitForAll(engine: EnginePort, workspace: string, context: CommandContext, cancelOnInterrupt: boolean): Promise<number> {
  const { due, later } = await openTasks(engine, workspace);
  if (later.length > 0 && !context.json && !context.quiet) context.output.writeError(`${later.length} held or scheduled for later: not waited for.\n`);
  if (due.length === 0 && !context.json) {
    if (!context.quiet) context.output.write(`Nothing runs or waits in ${workspace}.\n`);
    return EXIT.ok;
  }
  return followToEnd(engine, due, context, { cancelOnInterrupt, more: async () => (await openTasks(engine, workspace)).due });
}

async function workspacesOf(ids: readonly TaskId[], engine: EnginePort): Promise<readonly string[]> {
  const views = await engine.views(ids);
  const seen = new Set(views.map(({ task }) => task.id));
  const missing = ids.find((id) => !seen.has(id));
  if (missing !== undefined) throw new UserError(`There is no task #${missing};`, '`parallel-workflow list --all` shows those there are.');
  return [...new Set(views.map(({ task }) => task.workspace))];
}
