import { UserError } from '../../core/base/user-error.ts';
import { parseParameters, sweepTasks } from '../../core/spec/sweep.ts';
import { parseSeeds } from '../../core/spec/sweep-values.ts';
import { command } from '../command.ts';
import { EXIT } from '../exit-code.ts';
import { configure, withObserver } from '../session.ts';
import { printSubmitted } from '../submit/print-submitted.ts';
import { problemsError } from '../submit/problems-error.ts';
import { submitDraft, workspaceOfDraft } from '../submit/submit-draft.ts';
import { seedsHint, sweepText } from '../submit/sweep-text.ts';
import type { SubmissionDraft } from '../submit/submission-draft.ts';
import { formatProblem } from '../../core/spec/problem.ts';

export const sweepCommand = command({
  usage: ['sweep SCRIPT [--param NAME=VALUES]... [--seeds NUMBERS] [--agent NAME]... [-- ARGUMENTS]'],
  about: [
    'Queues a script for every combination of its parameters and seeds, each run with `--NAME VALUE` and `--seed N`. VALUES is a list `0.1,0.2`, a range `1..5`, or a range with a step `0..1:0.25`; a value that looks like a range stands in double quotes: `--param \'ratio="16:9"\'`, with a quote of its own written twice.',
    'With agents every one runs all of it, and what it makes is collected in the folder of that agent.',
  ],
  options: {
    param: { type: 'string', multiple: true, value: 'NAME=VALUES', help: 'a parameter and its values' },
    seeds: { type: 'string', value: 'NUMBERS', help: 'seeds of the random numbers: `1..5` is five of them, `1,2,7` three, `5` only the seed 5; whole numbers' },
    agent: { type: 'string', multiple: true, value: 'NAME', help: 'whose output folder receives the results, such as `AI_Agent_1`' },
    type: { type: 'string', value: 'TYPE', help: 'resource class of the runs; `simulation` by default' },
    role: { type: 'string', value: 'NAME', help: 'whose queue they join; `agent_simulations` by default' },
  },
  run(context, { options, positionals, rest }) {
    const [script, ...others] = positionals;
    if (script === undefined || others.length > 0) throw new UserError('Expected one script: `parallel-workflow sweep SCRIPT --param NAME=VALUES`.');
    const parameters = parseParameters(options.param);
    if (!parameters.ok) throw new UserError(`--param: ${parameters.error}.`);
    const seeds = options.seeds === undefined ? { ok: true as const, value: [] } : parseSeeds(options.seeds);
    if (!seeds.ok) throw new UserError(`--seeds: ${seeds.error}.`);
    const tasks = sweepTasks({ script, parameters: parameters.value, seeds: seeds.value, agents: options.agent, args: rest ?? [] });
    if (!tasks.ok) throw problemsError([tasks.error]);
    const draft: SubmissionDraft = {
      folder: context.cwd,
      ownWorkspace: undefined,
      request: (workspace) => ({ workspace, base: context.cwd, name: `Sweep of ${script}`, defaults: { type: options.type ?? 'simulation', role: options.role ?? 'agent_simulations' }, tasks: tasks.value, confine: false }),
      describe: (problems) => [...new Set(problems.map((problem) => formatProblem({ ...problem, where: problem.where.replace(/^(?:tasks\[\d+\]|defaults)\.?/, '') })))],
    };
    return withObserver(context, async (engine) => {
      const workspace = await workspaceOfDraft(draft, context, engine);
      await configure(engine, workspace, context);
      const submitted = await submitDraft(draft, workspace, engine);
      if (!context.json && !context.quiet) {
        const axes = [...Object.entries(parameters.value), ['seeds', seeds.value] as const, ['agents', options.agent] as const];
        context.output.write(`${sweepText(axes, tasks.value.length)}\n`);
        const hint = seedsHint(options.seeds);
        if (hint !== undefined) context.output.writeError(`${hint}\n`);
      }
      await printSubmitted(submitted, workspace, engine, context);
      return EXIT.ok;
    });
  },
});
