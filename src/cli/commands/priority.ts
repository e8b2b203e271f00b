import { UserError } from '../../core/base/user-error.ts';
import { parsePriority, PRIORITY_WORDS } from '../../core/model/priority.ts';
import { always, command } from '../command.ts';
import { printApplied } from '../orders.ts';
import { withObserver } from '../session.ts';
import { ID_HELP, requireTaskIds } from '../task-ids.ts';

export const priorityCommand = command({
  usage: ['priority ID... --to N', 'priority ID... high|normal|low'],
  about: ['N is any number, lower runs first: 1 is high, 5 normal and what a task has by default, 9 low. The three words may stand behind the tasks without `--to`.', ID_HELP],
  options: { to: { type: 'string', value: 'N', help: 'the new priority' } },
  needsState: always,
  run(context, { options, positionals }) {
    const written = positionals.at(-1) ?? '';
    const last = written.toLowerCase();
    const isWordLast = options.to === undefined && PRIORITY_WORDS.includes(last);
    const isNoTask = positionals.length > 1 && !/^#?\d/.test(written);
    if (options.to === undefined && !isWordLast && isNoTask) throw new UserError(`Expected \`high\`, \`normal\`, \`low\` or \`--to N\` behind the tasks, got \`${written}\`.`);
    const to = isWordLast ? last : options.to;
    const ids = requireTaskIds(isWordLast ? positionals.slice(0, -1) : positionals);
    const priority = to === undefined ? undefined : parsePriority(to);
    if (priority === undefined) throw new UserError(`Expected \`--to\` to be a number (lower runs first), \`high\`, \`normal\` or \`low\`, got ${to === undefined ? 'nothing' : `\`${to}\``}.`);
    return withObserver(context, async (engine) => printApplied(await engine.setPriority(ids, priority), `priority ${priority} for`, engine, context));
  },
});
