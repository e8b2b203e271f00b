import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { followTasks } from '../follow/follow-tasks.ts';
import { silentProgress } from '../follow/progress.ts';
import { EXIT_BY_SIGNAL, type InterruptSignal } from '../exit-code.ts';
import { openTasks } from '../open-tasks.ts';
import { printApplied } from '../orders.ts';
import { withCaretaker, workspaceFor } from '../session.ts';
import { parseTaskIds, requireTaskIds } from '../task-ids.ts';
import { UsageError } from '../usage-error.ts';

export const cancelCommand = command({
  usage: ['cancel ID...', 'cancel --all'],
  about: ['Stops running tasks with all their processes, takes waiting ones out of the queue, and returns when they have ended.'],
  options: { all: { type: 'boolean', short: 'a', help: 'everything that runs, waits or is scheduled in the workspace' } },
  async run(context, { options, positionals }) {
    if (options.all && positionals.length > 0) throw new UsageError('`--all` and the numbers of tasks do not go together.');
    const ids = options.all ? parseTaskIds(positionals) : requireTaskIds(positionals, '`--all`');
    // A process may have outlived its engine, so one of ours sees to it that it ends.
    return withCaretaker(context, async (engine) => {
      const chosen = options.all ? await everything(engine, context) : ids;
      const applied = await engine.cancel(chosen);
      const signal = await untilStopped(chosen, engine, context);
      if (signal !== undefined) return EXIT_BY_SIGNAL[signal];
      if (chosen.length === 0 && !context.json && !context.quiet) context.output.write('There is nothing to cancel.\n');
      return printApplied(applied, 'cancelled', engine, context);
    });
  },
});

/** Resolves with the signal that ended the waiting, if one did. */
async function untilStopped(ids: readonly TaskId[], engine: EnginePort, world: CommandContext): Promise<InterruptSignal | undefined> {
  const stopping = (await engine.views(ids)).filter(({ task }) => task.state.status === 'stopping').map(({ task }) => task.id);
  const { signal } = await followTasks(engine, stopping, { world, progress: silentProgress, cancelOnInterrupt: false, isTerminalTaken: () => false });
  return signal;
}

async function everything(engine: EnginePort, context: CommandContext): Promise<readonly TaskId[]> {
  const { due, later } = await openTasks(engine, await workspaceFor(context, engine));
  return [...due, ...later];
}
