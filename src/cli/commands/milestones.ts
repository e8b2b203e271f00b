import { UserError } from '../../core/base/user-error.ts';
import { describeMilestone } from '../../core/milestones/describe-milestone.ts';
import { milestoneReport } from '../../core/milestones/milestone-report.ts';
import { readProgress } from '../../core/milestones/read-progress.ts';
import { milestoneWarning, parseMilestones } from '../../core/spec/parse-milestones.ts';
import { always, command } from '../command.ts';
import { onePerSource } from '../config/config-complaint.ts';
import { ProjectConfig } from '../config/project-config.ts';
import { EXIT } from '../exit-code.ts';
import { isoTime } from '../report/iso-time.ts';
import { printJson } from '../report/print-json.ts';
import { refuseWords } from '../refuse-words.ts';
import { withObserver, workspaceFor } from '../session.ts';
import { renderTable, type Column } from '../terminal/table.ts';

const COLUMNS: readonly Column[] = [{ title: 'milestone', shrinksTo: 16 }, { title: 'due' }, { title: 'done', align: 'right' }, { title: 'stands', shrinksTo: 12 }];

export const milestonesCommand = command({
  usage: ['milestones [--markdown]'],
  about: ['How far the milestones of the workspace are, by what their tasks came to, whether they will be met, and what blocks them. They are written in `parallel_execution_config.json`, under the options of the role project_management.'],
  options: { markdown: { type: 'boolean', help: 'print a Markdown page instead of a table' } },
  needsState: always,
  run(context, line) {
    refuseWords('milestones', line);
    const { options } = line;
    if (options.markdown && context.json) throw new UserError('Expected one of `--markdown` and `--json`, got both.');
    return withObserver(context, async (engine) => {
      const workspace = await workspaceFor(context, engine);
      // Only read: what the files say is put in force by those who queue and start tasks.
      const config = new ProjectConfig([workspace], await engine.userSettings());
      await config.read();
      const told = onePerSource(config.complaints, [workspace], context.cwd);
      const { milestones, problems } = parseMilestones(config.rolesOf(workspace).find(({ name }) => name === 'project_management')?.options.milestones);
      const settings = config.milestonesInSettings(workspace);
      const ofSettings = settings === undefined ? [] : problems.map((problem) => `${settings}: warning: ${milestoneWarning(problem)}`);
      context.output.writeError([...told, ...ofSettings].map((line) => `${line}\n`).join(''));
      const now = context.clock.now();
      const progress = await readProgress(engine, [workspace], milestones, now);
      if (context.json) printJson(context.output, { workspace, milestones: progress.map((each) => ({ ...each, expectedEnd: isoTime(each.expectedEnd), dueAt: isoTime(each.dueAt) })) });
      else if (progress.length === 0 && !options.markdown) context.output.write(`There are no milestones in ${workspace}; write them in parallel_execution_config.json, or make one by “New Milestone…” in VS Code.\n`);
      else if (options.markdown) context.output.write(milestoneReport(progress, 'Milestones', now));
      else {
        const rows = progress.map((each) => [each.milestone.name, each.milestone.due ?? '', `${each.succeeded} of ${each.total}`, describeMilestone(each, now)]);
        context.output.write(`${renderTable(COLUMNS, rows, { style: context.style, width: context.output.columns, titles: true }).join('\n')}\n`);
      }
      return EXIT.ok;
    });
  },
});
