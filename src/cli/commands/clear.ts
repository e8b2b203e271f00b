import { command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../report/print-json.ts';
import { withObserver, workspaceFor } from '../session.ts';
import { parseTaskIds } from '../task-ids.ts';
import { UsageError } from '../usage-error.ts';

export const clearCommand = command({
  usage: ['clear [ID...]', 'clear --all'],
  about: ['Takes finished tasks with their runs and logs out of the list: those named, else all of the workspace. What they wrote elsewhere stays.'],
  options: { all: { type: 'boolean', short: 'a', help: 'the finished tasks of all workspaces of this machine' } },
  run(context, { options, positionals }) {
    if (options.all && positionals.length > 0) throw new UsageError('`--all` and the numbers of tasks do not go together.');
    const ids = positionals.length === 0 ? undefined : parseTaskIds(positionals);
    return withObserver(context, async (engine) => {
      const roots = options.all || ids !== undefined ? [] : [await workspaceFor(context, engine)];
      const cleared = await engine.clearFinished(roots, ids);
      const left = ids === undefined ? 0 : ids.length - cleared;
      if (context.json) printJson(context.output, { cleared });
      else if (!context.quiet) context.output.write(`Cleared ${cleared} finished ${cleared === 1 ? 'task' : 'tasks'}${roots[0] === undefined ? '' : ` of ${roots[0]}`}.\n`);
      if (left > 0) context.output.writeError(`${left} of those named ${left === 1 ? 'has' : 'have'} not finished, or ${left === 1 ? 'is' : 'are'} not there.\n`);
      return left === 0 ? EXIT.ok : EXIT.failed;
    });
  },
});
