import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { isInside } from '../../core/spec/paths.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { followTasks } from '../follow/follow-tasks.ts';
import { silentProgress } from '../follow/progress.ts';
import { EXIT_BY_SIGNAL, type InterruptSignal } from '../exit-code.ts';
import { printApplied } from '../orders.ts';
import { withCaretaker, workspaceFor } from '../session.ts';
import { ID_HELP, parseTaskIds, requireTaskIds } from '../task-ids.ts';

export const cancelCommand = command({
  usage: ['cancel ID...', 'cancel --all'],
  about: ['Stops running tasks with all their processes, takes waiting ones out of the queue, and returns when they have ended.', ID_HELP],
  options: {
    'unless-served-within': { type: 'string', value: 'SECONDS', help: 'with `--all`: only if no window serves the workspace after this time' },
    all: { type: 'boolean', short: 'a', help: 'everything that runs, waits or is scheduled in the workspace' },
  },
  needsState: always,
  async run(context, { options, positionals }) {
    if (options.all && positionals.length > 0) throw new UserError('`--all` and the numbers of tasks do not go together.');
    const patience = patienceOf(options['unless-served-within'], options.all === true);
    const ids = options.all ? parseTaskIds(positionals) : requireTaskIds(positionals, '`--all`');
    // A process may have outlived its engine, so one of ours sees to it that it ends.
    return withCaretaker(context, async (engine) => {
      if (patience !== undefined && (await isServedWithin(patience, engine, context))) return 0;
      const workspace = options.all ? await workspaceFor(context, engine) : undefined;
      const applied = workspace === undefined ? await engine.cancel(ids) : { done: await engine.cancelAll([workspace]), refused: [] };
      const signal = await untilStopped(options.all ? applied.done : ids, engine, context);
      if (signal !== undefined) return EXIT_BY_SIGNAL[signal];
      if (workspace !== undefined && applied.done.length === 0 && !context.json && !context.quiet) context.output.write(`There is nothing to cancel in ${workspace}.\n`);
      return printApplied(applied, 'cancelled', engine, context);
    });
  },
});

/** Milliseconds. */
function patienceOf(text: string | undefined, all: boolean): number | undefined {
  if (text === undefined) return undefined;
  if (!all) throw new UserError('`--unless-served-within` only goes with `--all`.');
  const seconds = Number(text);
  if (!(seconds > 0)) throw new UserError(`Expected \`--unless-served-within\` to be a number of seconds > 0, got \`${text}\`.`);
  return seconds * 1000;
}

async function isServedWithin(patienceMs: number, engine: EnginePort, context: CommandContext): Promise<boolean> {
  const workspace = await workspaceFor(context, engine);
  // Looked at once, at the end: a window that closes may still be on the list.
  await new Promise<void>((resolve) => context.clock.after(patienceMs, resolve));
  const { engines } = await engine.status([workspace]);
  return engines.some(({ kind, roots }) => kind === 'window' && roots.some((root) => isInside(workspace, root)));
}

/** Resolves with the signal that ended the waiting, if one did. */
async function untilStopped(ids: readonly TaskId[], engine: EnginePort, world: CommandContext): Promise<InterruptSignal | undefined> {
  const stopping = (await engine.views(ids)).filter(({ task }) => task.state.status === 'stopping').map(({ task }) => task.id);
  const { signal } = await followTasks(engine, stopping, { world, progress: silentProgress, cancelOnInterrupt: false, isTerminalTaken: () => false });
  return signal;
}
