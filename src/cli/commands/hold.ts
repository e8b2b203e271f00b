import { always, command } from '../command.ts';
import { printApplied } from '../orders.ts';
import { withObserver } from '../session.ts';
import { ID_HELP, requireTaskIds } from '../task-ids.ts';

export const holdCommand = command({
  usage: ['hold ID...'],
  about: ['Tasks that have not started stay in the queue, and start no more until they are released.', ID_HELP],
  options: {},
  needsState: always,
  run(context, { positionals }) {
    const ids = requireTaskIds(positionals);
    return withObserver(context, async (engine) => printApplied(await engine.hold(ids), 'held', engine, context));
  },
});
