import type { OptionTable } from '../command-option.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { configure, withObserver } from '../session.ts';
import { printSubmitted } from './print-submitted.ts';
import type { SubmissionDraft } from './submission-draft.ts';
import { submitDraft } from './submit-draft.ts';

export const NO_WAIT_OPTION = {
  'no-wait': { type: 'boolean', help: 'only queue, as `submit` does, and say how to follow' },
} as const satisfies OptionTable;

/** Queues, says how to follow, and leaves the start to whichever engine serves the workspace. Resolves with the exit code. */
export function queueOnly(draft: SubmissionDraft, workspace: string, context: CommandContext): Promise<number> {
  return withObserver(context, async (engine) => {
    await configure(engine, workspace, context);
    await printSubmitted(await submitDraft(draft, workspace, engine), workspace, engine, context);
    return EXIT.ok;
  });
}
