import { UserError } from '../../core/base/user-error.ts';
import { parsePriority } from '../../core/model/priority.ts';
import { command } from '../command.ts';
import { printApplied } from '../orders.ts';
import { withObserver } from '../session.ts';
import { requireTaskIds } from '../task-ids.ts';

export const priorityCommand = command({
  usage: ['priority ID... --to N'],
  about: ['A number, lower runs first (5 is the default), or high, normal, low.'],
  options: { to: { type: 'string', value: 'N', help: 'the new priority' } },
  run(context, { options, positionals }) {
    const ids = requireTaskIds(positionals);
    const priority = options.to === undefined ? undefined : parsePriority(options.to);
    if (priority === undefined) throw new UserError(`Expected \`--to\` to be a number (lower runs first), \`high\`, \`normal\` or \`low\`, got ${options.to === undefined ? 'nothing' : `\`${options.to}\``}.`);
    return withObserver(context, async (engine) => printApplied(await engine.setPriority(ids, priority), `priority ${priority} for`, engine, context));
  },
});
