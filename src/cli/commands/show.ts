import { UserError } from '../../core/base/user-error.ts';
import type { TaskDetail } from '../../core/engine/engine-port.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { formatDuration } from '../../core/present/format/format-duration.ts';
import { describeRunEnd } from '../../core/present/tasks/present-run.ts';
import { describeState } from '../../core/present/tasks/present-task.ts';
import { runSpan } from '../../core/present/format/run-span.ts';
import { timeOfDay } from '../../core/present/format/time-of-day.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { shortPath } from '../report/output-place.ts';
import { printJson } from '../report/print-json.ts';
import { taskFacts } from '../report/task-facts.ts';
import { runJson, specJson, taskJson } from '../report/task-json.ts';
import { withObserver } from '../session.ts';
import { parseOnlyTaskId } from '../task-ids.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';
import { printable } from '../terminal/text-width.ts';

const RUN_COLUMNS: readonly Column[] = [
  { title: 'run', align: 'right' },
  { title: 'started' },
  { title: 'outcome', shrinksTo: 16 },
  { title: 'wall time', align: 'right' },
  { title: 'CPU time', align: 'right' },
  { title: 'peak memory', align: 'right' },
  { title: 'log' },
];

export const showCommand = command({
  usage: ['show ID'],
  about: ['What was asked for, where it stands and why, each of its runs, and what they took against what it was taken to need.'],
  options: {},
  needsState: always,
  async run(context, { positionals }) {
    const id = parseOnlyTaskId(positionals);
    return withObserver(context, async (engine) => {
      const detail = await engine.detail(id);
      if (detail === undefined) throw new UserError(`There is no task #${id};`, '`parallel-workflow list --all` shows those there are.');
      if (context.json) {
        printJson(context.output, { ...taskJson(detail, context.clock.now()), spec: specJson(detail.task.spec), runs: detail.runs.map(runJson), upstream: detail.upstream });
      } else {
        print(detail, context);
      }
      return EXIT.ok;
    });
  },
});

function print(detail: TaskDetail, { output, style, cwd, clock }: CommandContext): void {
  const now = clock.now();
  const { task, runs } = detail;
  const facts = taskFacts(detail, now).map(([name, line]) => [`  ${name}`, line]);
  const lines = [`${style('bold', `#${task.id} ${printable(task.spec.name)}`)}: ${describeState(detail, now)}`, '', ...renderTable([{ title: '' }, { title: '' }], facts, { titles: false })];
  if (runs.length > 0) {
    const rows = runs.map((run): readonly Cell[] => {
      const span = runSpan(run, now);
      return [
        String(run.attempt),
        run.startedAt === undefined ? '' : timeOfDay(run.startedAt, now),
        describeRunEnd(run) ?? (run.startedAt === undefined ? 'starting' : 'running'),
        span === undefined ? '' : formatDuration(span),
        run.userMs === undefined ? '' : formatDuration(run.userMs + (run.systemMs ?? 0)),
        run.peakMemory === undefined ? '' : formatBytes(run.peakMemory),
        { text: shortPath(run.folder, cwd), look: 'dim' },
      ];
    });
    lines.push('', ...renderTable(RUN_COLUMNS, rows, { style, width: output.columns }));
  }
  output.write(`${lines.join('\n')}\n`);
}
