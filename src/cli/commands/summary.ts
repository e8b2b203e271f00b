import { MARKDOWN, type SummaryStyle } from '../../core/care/daily-summary.ts';
import { readSummary, readTroubles } from '../../core/care/read-summary.ts';
import { UserError } from '../../core/base/user-error.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../report/print-json.ts';
import { refuseWords } from '../refuse-words.ts';
import { withObserver, workspaceFor } from '../session.ts';
import { printable } from '../terminal/text-width.ts';

export const summaryCommand = command({
  usage: ['summary [--markdown]'],
  about: ['What happened in the workspace in the last 24 hours, and which tasks need somebody: those that are stuck, forgotten, or failed again and again. With --json the tasks that need somebody.'],
  options: { markdown: { type: 'boolean', help: 'print a Markdown page' } },
  needsState: always,
  run(context, line) {
    refuseWords('summary', line);
    if (line.options.markdown && context.json) throw new UserError('Expected one of `--markdown` and `--json`, got both.');
    return withObserver(context, async (engine) => {
      const workspace = await workspaceFor(context, engine);
      if (context.json) printJson(context.output, { workspace, troubles: await readTroubles(engine, [workspace], context.clock.now(), { withFinished: true }) });
      else context.output.write(await readSummary(engine, [workspace], context.clock.now(), line.options.markdown ? MARKDOWN : plainPage(context)));
      return EXIT.ok;
    });
  },
});

function plainPage({ style }: CommandContext): SummaryStyle {
  return { heading: (_, text) => style('bold', text), task: (id) => `#${id}`, words: printable };
}
