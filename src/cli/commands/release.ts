import { always, command } from '../command.ts';
import { printApplied } from '../orders.ts';
import { withObserver } from '../session.ts';
import { ID_HELP, requireTaskIds } from '../task-ids.ts';

export const releaseCommand = command({
  usage: ['release ID...'],
  about: ['Held tasks take their place in the queue again.', ID_HELP],
  options: {},
  needsState: always,
  run(context, { positionals }) {
    const ids = requireTaskIds(positionals);
    return withObserver(context, async (engine) => printApplied(await engine.release(ids), 'released', engine, context));
  },
});
