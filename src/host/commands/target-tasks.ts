import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort, TaskGroup, TaskView } from '../../core/engine/engine-port.ts';
import type { RunId } from '../../core/model/ids.ts';
import { oneLine } from '../../core/present/format/one-line.ts';
import { capabilities, presentTask } from '../../core/present/tasks/present-task.ts';
import type { TaskWord } from '../ids.ts';
import { requireRoots } from '../workspace-roots.ts';
import type { CommandParts, TaskRow } from './command-parts.ts';

/** Tasks offered in a pick list, of each group. */
const MOST = 500;

export interface Wanted {
  /** What a fitting task can do; any of them. */
  readonly words: readonly TaskWord[];
  readonly groups: readonly TaskGroup[];
  /** Heading of the pick list, such as “Cancel”. */
  readonly title: string;
  /** Told when no task fits. */
  readonly none: string;
  readonly many: boolean;
  /** Which tasks of a batch are meant by its row; all where this is not said. */
  readonly inBatch?: (tasks: readonly TaskView[]) => readonly TaskView[];
}

type Parts = Pick<CommandParts, 'engine' | 'tree' | 'clock'>;

/**
 * The tasks a command is about: the rows it was called on, else those selected in the tree, else those that a person
 * picks. `undefined` when nothing was picked.
 */
export async function targetTasks(parts: Parts, wanted: Wanted, target: unknown, all: unknown): Promise<readonly TaskView[] | undefined> {
  const rows = (Array.isArray(all) && all.length > 0 ? all : [target]).filter(isRow);
  if (rows.length > 0) return fitting(await tasksOf(parts.engine, rows, wanted), wanted);
  const selected = parts.tree.selectedRows();
  if (selected.length > 0) {
    const views = (await tasksOf(parts.engine, selected, wanted)).filter((view) => fits(view, wanted));
    if (views.length > 0) return wanted.many ? views : views.slice(0, 1);
  }
  return pick(parts, wanted);
}

/** The run whose row a command was called on. */
export function calledOnRun(target: unknown): RunId | undefined {
  const run = isRow(target) && target.kind === 'run' ? target.run : undefined;
  return run?.id;
}

async function tasksOf(engine: EnginePort, rows: readonly TaskRow[], { inBatch }: Wanted): Promise<readonly TaskView[]> {
  const ids = rows.flatMap(({ taskId }) => taskId ?? []);
  const batches = await Promise.all(rows.flatMap(({ batchId }) => (batchId === undefined ? [] : [engine.batchTasks(batchId)])));
  const views = [...(ids.length === 0 ? [] : await engine.views([...new Set(ids)])), ...batches.flatMap((tasks) => inBatch?.(tasks) ?? tasks)];
  return [...new Map(views.map((view) => [view.task.id, view])).values()];
}

function fitting(views: readonly TaskView[], wanted: Wanted): readonly TaskView[] {
  const found = views.filter((view) => fits(view, wanted));
  if (found.length === 0)
    throw new UserError(
      views.length === 1 ? vscode.l10n.t('“{0}” has moved on meanwhile: {1}', oneLine(views[0]!.task.spec.name), wanted.none) : wanted.none,
    );
  return wanted.many ? found : found.slice(0, 1);
}

function fits(view: TaskView, { words }: Wanted): boolean {
  const can = capabilities(view);
  return words.length === 0 || words.some((word) => can.includes(word));
}

interface TaskItem extends vscode.QuickPickItem {
  readonly view: TaskView;
}

async function pick({ engine, clock }: Parts, wanted: Wanted): Promise<readonly TaskView[] | undefined> {
  const roots = requireRoots();
  const pages = await Promise.all(wanted.groups.map((group) => engine.query({ group, roots, offset: 0, limit: MOST })));
  const items = pages.flatMap(({ items: views }) => views.filter((view) => fits(view, wanted)).map((view): TaskItem => taskItem(view, clock.now())));
  if (items.length === 0) throw new UserError(wanted.none);
  const options = { title: wanted.title, placeHolder: wanted.many ? vscode.l10n.t('Pick the tasks') : vscode.l10n.t('Pick a task'), matchOnDescription: true };
  if (!wanted.many) {
    // Looking at the only task there is harms nobody.
    if (items.length === 1) return [items[0]!.view];
    const one = await vscode.window.showQuickPick(items, options);
    return one === undefined ? undefined : [one.view];
  }
  const picked = await vscode.window.showQuickPick(items, { ...options, canPickMany: true });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ view }) => view);
}

function taskItem(view: TaskView, now: number): TaskItem {
  const face = presentTask(view, now);
  return { label: `$(${face.icon}) ${face.label}`, description: `#${view.task.id} · ${face.description}`, view };
}

function isRow(value: unknown): value is TaskRow {
  return typeof value === 'object' && value !== null && 'kind' in value && ('taskId' in value || 'batchId' in value);
}
