import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, TaskGroup, TaskPage, TaskView } from '../../core/engine/engine-port.ts';
import { nearest } from '../../core/spec/nearest.ts';
import { describeEnd, presentTask } from '../../core/present/tasks/present-task.ts';
import { always, command } from '../command.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-code.ts';
import { endMark } from '../follow/event-line.ts';
import { printJson } from '../report/print-json.ts';
import { taskJson } from '../report/task-json.ts';
import { refuseWords } from '../refuse-words.ts';
import { withObserver, workspaceFor } from '../session.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';
import { rootAround } from '../workspace.ts';

const GROUPS: readonly TaskGroup[] = ['running', 'waiting', 'scheduled', 'finished'];
const DEFAULT_LIMIT = 20;
const MOST_LOOKED_AT = 100;
const COLUMNS: readonly Column[] = [{ title: '' }, { title: 'id', align: 'right' }, { title: 'task', shrinksTo: 12 }, { title: 'type', shrinksTo: 6 }, { title: 'priority', align: 'right' }, { title: '', shrinksTo: 16 }];

export const listCommand = command({
  usage: ['list [OPTIONS]'],
  about: ['Running, waiting and scheduled tasks in the order they start, then finished ones, the latest first. With --quiet only their numbers.'],
  options: {
    all: { type: 'boolean', short: 'a', help: 'the tasks of all workspaces of this machine' },
    state: { type: 'string', value: 'STATE', help: 'only running, waiting, scheduled or finished' },
    limit: { type: 'string', short: 'n', value: 'N', help: `at most so many of each state; ${DEFAULT_LIMIT} without` },
  },
  needsState: always,
  async run(context, { options, positionals, rest }) {
    refuseWords('list', { positionals, rest }, 'one task is shown by `parallel-workflow show ID`.');
    const groups = options.state === undefined ? GROUPS : [parseState(options.state)];
    const limit = parseLimit(options.limit);
    return withObserver(context, async (engine) => {
      const roots = options.all ? [] : [await workspaceFor(context, engine)];
      const pages = await Promise.all(groups.map(async (group) => ({ group, page: await engine.query({ group, roots, offset: 0, limit }) })));
      if (context.json) printJson(context.output, jsonOf(pages, roots, context.clock.now()));
      else if (context.quiet) context.output.write(pages.flatMap(({ page }) => page.items.map(({ task }) => `${task.id}\n`)).join(''));
      else await print(pages, roots, engine, context);
      return EXIT.ok;
    });
  },
});

type Pages = readonly { readonly group: TaskGroup; readonly page: TaskPage }[];

async function print(pages: Pages, roots: readonly string[], engine: EnginePort, { output, style, clock }: CommandContext): Promise<void> {
  const now = clock.now();
  const filled = pages.filter(({ page }) => page.total > 0);
  const lines = filled.flatMap(({ group, page }, index) => [
    ...(index > 0 ? [''] : []),
    style('bold', `${group[0]!.toUpperCase()}${group.slice(1)} (${page.total})`),
    ...renderTable(COLUMNS, page.items.map((view) => row(view, now)), { style, width: output.columns, titles: false }),
    ...(page.total > page.items.length ? [style('dim', `  … ${page.total - page.items.length} more: --state ${group} --limit ${page.total}`)] : []),
  ]);
  if (lines.length === 0) lines.push(await nothing(pages, roots, engine));
  output.write(`${lines.join('\n')}\n`);
}

function row(view: TaskView, now: number): readonly Cell[] {
  const { task } = view;
  const face = presentTask(view, now);
  // The tree says success by its icon alone, and has no column for the type.
  const parts = face.description.split(' · ').filter((part) => part !== task.spec.type);
  if (task.state.status === 'finished' && describeEnd(task, task.state.outcome) === 'succeeded') parts.unshift('succeeded');
  return [markOf(view), `#${task.id}`, task.spec.name, { text: task.spec.type, look: 'dim' }, { text: String(task.spec.priority), look: 'dim' }, parts.join(' · ')];
}

function markOf(view: TaskView): Cell {
  const { state } = view.task;
  if (state.status === 'finished') return endMark(view);
  return state.status === 'queued' ? { text: state.held ? '‖' : '·', look: 'dim' } : { text: '▸', look: 'cyan' };
}

async function nothing(pages: Pages, roots: readonly string[], engine: EnginePort): Promise<string> {
  const what = pages.length === 1 ? `${pages[0]!.group} tasks` : 'tasks';
  if (roots.length === 0) return `There are no ${what}.`;
  const { counts } = await engine.status([]);
  const around = pages.length > 1 ? await workspaceAround(roots[0]!, engine) : undefined;
  if (around !== undefined) return `There are no ${what} in ${roots.join(', ')}; a workspace around it has some: parallel-workflow list --workspace ${around}.`;
  const elsewhere = counts.running + counts.waiting + counts.scheduled + counts.finished;
  return `There are no ${what} in ${roots.join(', ')}${pages.length > 1 && elsewhere > 0 ? `; ${elsewhere} in other workspaces: parallel-workflow list --all` : ''}.`;
}

/** A workspace with tasks that the folder lies in: somebody may have taken it for the root. */
async function workspaceAround(folder: string, engine: EnginePort): Promise<string | undefined> {
  const pages = await Promise.all(GROUPS.map((group) => engine.query({ group, roots: [], offset: 0, limit: MOST_LOOKED_AT })));
  return rootAround(folder, pages.flatMap(({ items }) => items.map(({ task }) => task.workspace)));
}

function jsonOf(pages: Pages, roots: readonly string[], now: number): unknown {
  return {
    workspace: roots[0] ?? null,
    totals: Object.fromEntries(pages.map(({ group, page }) => [group, page.total])),
    tasks: pages.flatMap(({ group, page }) => page.items.map((view) => ({ group, ...taskJson(view, now) }))),
  };
}

function parseState(text: string): TaskGroup {
  const group = GROUPS.find((each) => each === text);
  if (group !== undefined) return group;
  const near = nearest(text, GROUPS);
  throw new UserError(`Expected \`--state\` to be one of ${GROUPS.map((each) => `\`${each}\``).join(', ')}, got \`${text}\`${near === undefined ? '.' : `; did you mean \`${near}\`?`}`);
}

function parseLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UserError(`Expected \`--limit\` to be an integer ≥ 1, got \`${text}\`.`);
  return Number(text);
}
