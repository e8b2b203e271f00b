import { UserError } from '../../core/base/user-error.ts';
import { command } from '../command.ts';
import { withObserver } from '../session.ts';
import { batchFileRequest } from '../submit/batch-file-request.ts';
import { commandLineRequest } from '../submit/command-line-request.ts';
import { queueOnly } from '../submit/queue-only.ts';
import { SPEC_OPTIONS } from '../submit/spec-options.ts';
import { workspaceOfDraft } from '../submit/submit-draft.ts';

export const submitCommand = command({
  usage: ['submit FILE... [OPTIONS] [-- ARGUMENTS]', 'submit [OPTIONS] -- COMMAND [ARGUMENTS]', 'submit [OPTIONS] --prompt TEXT', 'submit --batch FILE'],
  about: ['Queues and returns at once. The tasks are started by whichever engine serves their workspace: a VS Code window, `parallel-workflow wait` or `serve`.'],
  options: { ...SPEC_OPTIONS, batch: { type: 'string', value: 'FILE', help: 'queue the tasks of a batch file' } },
  async run(context, line) {
    const { batch } = line.options;
    if (batch !== undefined && (line.positionals.length > 0 || line.rest !== undefined)) throw new UserError('`--batch FILE` stands alone: the tasks are those of the file.');
    const unheeded = batch === undefined ? undefined : Object.keys(SPEC_OPTIONS).find((name) => isGiven(line.options[name as keyof typeof SPEC_OPTIONS]));
    if (unheeded !== undefined) throw new UserError(`\`--${unheeded}\` says nothing of the tasks of a batch file; write it into the file, under \`defaults\` or in its tasks.`);
    const draft = batch === undefined ? commandLineRequest(line, context.cwd, 'submit') : batchFileRequest(batch, context.cwd);
    return queueOnly(draft, await withObserver(context, (engine) => workspaceOfDraft(draft, context, engine)), context);
  },
});

function isGiven(value: boolean | string | readonly string[] | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
