import { UserError } from '../core/base/user-error.ts';
import type { CommandContext } from './command-context.ts';
import { EXIT } from './exit-code.ts';
import { printJson } from './report/print-json.ts';
import { withObserver, workspaceFor } from './session.ts';

/** Pauses or resumes the queue of the workspace; resolves with the exit code. */
export function setPaused(context: CommandContext, words: readonly string[], paused: boolean): Promise<number> {
  const name = paused ? 'pause' : 'resume';
  if (words.length > 0) throw new UserError(`\`${name}\` is about a whole workspace (\`--workspace DIR\`); single tasks are ${paused ? 'held by `parallel-workflow hold ID`' : 'released by `parallel-workflow release ID`'}.`);
  return withObserver(context, async (engine) => {
    const workspace = await workspaceFor(context, engine);
    await engine.setPaused([workspace], paused);
    if (context.json) printJson(context.output, { workspace, paused });
    else if (!context.quiet) context.output.write(paused ? `Paused ${workspace}: nothing new starts, running tasks go on.\n` : `Resumed ${workspace}.\n`);
    return EXIT.ok;
  });
}
