import { command } from '../command.ts';
import { FOLLOW_OPTIONS, followToEnd } from '../follow/follow-to-end.ts';
import { refuseWithoutTerminal } from '../follow/without-terminal.ts';
import { withActor, withObserver } from '../session.ts';
import { commandLineRequest } from '../submit/command-line-request.ts';
import { JOBS_OPTION, parseJobs } from '../submit/jobs.ts';
import { NO_WAIT_OPTION, queueOnly } from '../submit/queue-only.ts';
import { SPEC_OPTIONS } from '../submit/spec-options.ts';
import { submitDraft, workspaceOfDraft } from '../submit/submit-draft.ts';

export const runCommand = command({
  usage: ['run FILE... [OPTIONS] [-- ARGUMENTS]', 'run [OPTIONS] -- COMMAND [ARGUMENTS]', 'run [OPTIONS] --prompt TEXT'],
  about: [
    'Each FILE becomes a task: .py, .sh, .js, .mjs, .cjs, .ts, .R, .ps1, by the interpreter of its kind; .prompt.md by an agent.',
    'A task outlives this terminal, so it has none of its input: what is piped in does not reach it, and is better kept in a file; --interactive lends it the keyboard.',
    'The tasks start as the machine, the limits and their files allow, and go on when you leave with Ctrl-C.',
    'Exit code: 0 if every task ended as expected, 1 if one did not, 2 if nothing could be queued, 130 after Ctrl-C.',
  ],
  options: {
    ...SPEC_OPTIONS,
    ...JOBS_OPTION,
    ...FOLLOW_OPTIONS,
    ...NO_WAIT_OPTION,
  },
  async run(context, line) {
    const { options } = line;
    const jobs = parseJobs(options.jobs);
    const draft = commandLineRequest(line, context.cwd, 'run');
    const workspace = await withObserver(context, (engine) => workspaceOfDraft(draft, context, engine));
    if (options['no-wait']) return queueOnly(draft, workspace, context);
    return withActor(context, [workspace], async (engine) => {
      await refuseWithoutTerminal(draft.request(workspace), engine, context);
      const { tasks } = await submitDraft(draft, workspace, engine);
      return followToEnd(engine, tasks, context, { cancelOnInterrupt: options['cancel-on-interrupt'] });
    }, jobs);
  },
});
