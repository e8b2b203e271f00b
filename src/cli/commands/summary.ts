import { readSummary, readTroubles } from '../../core/care/read-summary.ts';
import { command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { printJson } from '../report/print-json.ts';
import { refuseWords } from '../refuse-words.ts';
import { withObserver, workspaceFor } from '../session.ts';

export const summaryCommand = command({
  usage: ['summary'],
  about: ['What happened in the workspace in the last 24 hours, and which tasks need somebody: those that are stuck, forgotten, or fail again and again. A Markdown page; with --json the tasks that need somebody.'],
  options: {},
  run(context, line) {
    refuseWords('summary', line);
    return withObserver(context, async (engine) => {
      const workspace = await workspaceFor(context, engine);
      if (context.json) printJson(context.output, { workspace, troubles: await readTroubles(engine, [workspace], context.clock.now()) });
      else context.output.write(await readSummary(engine, [workspace], context.clock.now()));
      return EXIT.ok;
    });
  },
});
