import { UserError } from '../../core/base/user-error.ts';
import { command } from '../command.ts';
import { FOLLOW_OPTIONS, followToEnd } from '../follow/follow-to-end.ts';
import { refuseWithoutTerminal } from '../follow/without-terminal.ts';
import { withActor, withObserver } from '../session.ts';
import { batchFileRequest } from '../submit/batch-file-request.ts';
import { JOBS_OPTION, parseJobs } from '../submit/jobs.ts';
import { NO_WAIT_OPTION, queueOnly } from '../submit/queue-only.ts';
import { submitDraft, workspaceOfDraft } from '../submit/submit-draft.ts';

export const batchCommand = command({
  usage: ['batch FILE [OPTIONS]'],
  about: [
    'FILE is a batch, `*.parallel.json`; paths in it start from its folder, which is its workspace.',
    'All of it is queued or, when something is wrong with it, nothing.',
    'Exit code: 0 if every task ended as the batch expects, 1 if one did not, 2 if nothing could be queued, 130 after Ctrl-C.',
  ],
  options: { ...JOBS_OPTION, ...FOLLOW_OPTIONS, ...NO_WAIT_OPTION },
  async run(context, { options, positionals, rest }) {
    const [file, ...more] = [...positionals, ...(rest ?? [])];
    if (file === undefined || more.length > 0) throw new UserError('Expected one batch file: `parallel-workflow batch FILE`.');
    const jobs = parseJobs(options.jobs);
    const draft = batchFileRequest(file, context.cwd);
    const workspace = await withObserver(context, (engine) => workspaceOfDraft(draft, context, engine));
    if (options['no-wait']) return queueOnly(draft, workspace, context);
    return withActor(context, [workspace], async (engine) => {
      await refuseWithoutTerminal(draft.request(workspace), engine, context);
      const { tasks } = await submitDraft(draft, workspace, engine);
      return followToEnd(engine, tasks, context, { cancelOnInterrupt: options['cancel-on-interrupt'] });
    }, jobs);
  },
});
