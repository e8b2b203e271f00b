import { always, command } from '../command.ts';
import { printApplied } from '../orders.ts';
import { isServed } from '../serving-engine.ts';
import { withObserver } from '../session.ts';
import { ID_HELP, requireTaskIds, taskIdText } from '../task-ids.ts';

export const retryCommand = command({
  usage: ['retry ID... [--afresh]'],
  about: ['Queues finished tasks again, and with them those that were skipped because of them. A prompt goes on with its conversation.', ID_HELP],
  options: { afresh: { type: 'boolean', help: 'of a prompt: begin a new conversation' } },
  needsState: always,
  run(context, { positionals, options }) {
    const ids = requireTaskIds(positionals);
    return withObserver(context, async (engine) => {
      const applied = await engine.retry(ids, { afresh: options.afresh });
      const code = await printApplied(applied, 'queued again', engine, context);
      const [first] = await engine.views(applied.done.slice(0, 1));
      if (first !== undefined && !context.json && !context.quiet && !(await isServed(first.task.workspace, engine))) {
        context.output.writeError(`No engine serves ${first.task.workspace} now: open it in VS Code, or run \`parallel-workflow wait ${taskIdText(applied.done) ?? ''}\`.\n`);
      }
      return code;
    });
  },
});
