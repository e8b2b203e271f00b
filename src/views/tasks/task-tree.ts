import path from 'node:path';
import * as vscode from 'vscode';
import type { ScriptReport } from '../../core/assessment/report.ts';
import type { Clock } from '../../core/base/clock.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { TaskView } from '../../core/engine/engine-port.ts';
import type { FileUse } from '../../core/model/files/file-use.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { scriptOf } from '../../core/model/script-of.ts';
import { TREE_COMMANDS, VIEWS } from '../../host/ids.ts';
import type { TaskSpec } from '../../core/model/spec.ts';
import { isGrouping, type Grouping } from './grouping.ts';
import type { BatchNode } from './batch-node.ts';
import type { MoreNode } from './more-node.ts';
import { openNode } from './open-node.ts';
import { readTail } from './read-tail.ts';
import { RowActivation } from './row-activation.ts';
import type { TaskNode } from './task-node.ts';
import type { TaskSource } from './task-source.ts';
import { treeItem } from './tree-item.ts';
import { TreeModel } from './tree-model.ts';
import type { TreeNode } from './tree-node.ts';

const GROUPING_KEY = 'tasks.grouping';

export interface TaskTreeOptions {
  readonly engine: TaskSource;
  readonly roots: () => readonly string[];
  readonly clock: Clock;
  /** Files in use on the machine. */
  readonly uses: () => readonly FileUse[];
  /** Name of the milestone that a task belongs to. */
  readonly milestoneOf: (spec: TaskSpec) => string | undefined;
  /** The grade of a script, where it is known. */
  readonly gradeOf: (script: string) => Promise<ScriptReport | undefined>;
  /** Keeps the grouping for this workspace. */
  readonly memento: vscode.Memento;
  readonly onError: (error: unknown) => void;
}

/** The view *Tasks*. Thin: what there is to see is the model's, how it looks the faces'. */
export class TaskTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly options: TaskTreeOptions;
  private readonly model: TreeModel;
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly activation: RowActivation;
  private readonly redrawn = new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>();
  private readonly subscriptions: vscode.Disposable[];
  /** A task moves between groups as a new row, which takes this along. */
  private readonly expanded = new Set<TaskId>();

  readonly onDidChangeTreeData = this.redrawn.event;

  constructor(options: TaskTreeOptions) {
    this.options = options;
    const kept = options.memento.get(GROUPING_KEY);
    this.model = new TreeModel({
      source: options.engine,
      roots: options.roots,
      clock: options.clock,
      uses: options.uses,
      milestoneOf: options.milestoneOf,
      gradeOf: options.gradeOf,
      locale: vscode.env.language,
      onError: (error) => this.fail(error),
      ...(isGrouping(kept) && { grouping: kept }),
    });
    this.activation = new RowActivation(options.clock);
    this.view = vscode.window.createTreeView<TreeNode>(VIEWS.tasks, { treeDataProvider: this, canSelectMany: true });
    this.subscriptions = [
      this.model,
      this.redrawn,
      this.view,
      this.model.onDidRedraw((redraw) => this.redrawn.fire(redraw === 'all' ? undefined : [...redraw])),
      this.model.onDidLook(({ counts, paused }) => {
        this.view.message = '';
        this.view.description = paused ? vscode.l10n.t('queue paused') : '';
        this.view.badge = counts.running === 0 ? undefined : { value: counts.running, tooltip: running(counts.running) };
      }),
      this.view.onDidChangeVisibility(({ visible }) => this.model.setVisible(visible)),
      this.view.onDidExpandElement(({ element }) => this.noteExpanded(element, true)),
      this.view.onDidCollapseElement(({ element }) => this.noteExpanded(element, false)),
      vscode.commands.registerCommand(TREE_COMMANDS.activate, (node: TreeNode) => (this.activation.opens(node.id) ? this.open(node) : undefined)),
      vscode.commands.registerCommand(TREE_COMMANDS.open, () => {
        this.activation.announceKey();
        return vscode.commands.executeCommand('list.select');
      }),
      vscode.commands.registerCommand(TREE_COMMANDS.showMore, (node: MoreNode) => this.model.showMore(node)),
    ];
    this.model.setVisible(this.view.visible);
  }

  get grouping(): Grouping {
    return this.model.grouping;
  }

  async setGrouping(grouping: Grouping): Promise<void> {
    await this.options.memento.update(GROUPING_KEY, grouping);
    await this.model.setGrouping(grouping);
  }

  /** The tasks and batches that are selected; of a run, its task. */
  selectedRows(): readonly (TaskNode | BatchNode)[] {
    const nodes = this.view.selection.map((node) => (node.kind === 'run' || node.kind === 'file' || node.kind === 'grade' || node.kind === 'undeclared' ? node.parent : node));
    return [...new Set(nodes)].filter((node) => node.kind === 'task' || node.kind === 'batch');
  }

  /** Opens the view and, where its row is loaded, selects a task; tells whether it is. */
  async reveal(id?: TaskId): Promise<boolean> {
    await vscode.commands.executeCommand(`${VIEWS.tasks}.focus`);
    if (id === undefined) return true;
    // A view that nobody has opened yet has not loaded anything.
    const node = this.model.find(id) ?? (await this.model.refresh().then(() => this.model.find(id)));
    if (node !== undefined) await this.view.reveal(node, { select: true, focus: true });
    return node !== undefined;
  }

  /** The folders of the workspace changed. */
  async reload(): Promise<void> {
    await this.model.reload();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeItem(node, node.kind === 'task' && this.expanded.has(node.taskId));
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    try {
      return [...(await this.model.children(node))];
    } catch (error) {
      this.fail(error);
      return [];
    }
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: TreeNode): Promise<vscode.TreeItem> {
    if (node.kind === 'due') {
      // Telling what comes next takes the calendar.
      const { scheduleTooltip } = await import('../../core/present/schedules/schedule-tooltip.ts');
      item.tooltip = new vscode.MarkdownString(scheduleTooltip(node.view, this.options.clock.now(), vscode.env.language));
    }
    if (node.kind !== 'task' && node.kind !== 'dependency') return item;
    this.model.rest(node.taskId);
    item.tooltip = await this.tooltip(node.view);
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private async tooltip(view: TaskView): Promise<vscode.MarkdownString> {
    const { clock, gradeOf } = this.options;
    const script = scriptOf(view.task.spec.work);
    const [{ taskTooltip }, stderrTail, graded] = await Promise.all([
      import('../../core/present/tasks/task-tooltip.ts'),
      view.run === undefined ? '' : readTail(path.join(view.run.folder, 'stderr')),
      script === undefined ? undefined : gradeOf(script),
    ]);
    return new vscode.MarkdownString(taskTooltip(view, { now: clock.now(), stderrTail, locale: vscode.env.language, ...(graded !== undefined && { grade: graded.grade }) }));
  }

  private async open(node: TreeNode): Promise<void> {
    if (node.kind === 'dependency' && this.model.find(node.taskId) !== undefined) await this.reveal(node.taskId);
    else await openNode(node);
  }

  private noteExpanded(node: TreeNode, isExpanded: boolean): void {
    if (node.kind !== 'task') return;
    if (isExpanded) this.expanded.add(node.taskId);
    else this.expanded.delete(node.taskId);
  }

  private fail(error: unknown): void {
    if (this.subscriptions.length === 0) return;
    this.view.message = vscode.l10n.t('The tasks cannot be shown: {0}', messageOf(error));
    this.options.onError(error);
  }
}

function running(count: number): string {
  return count === 1 ? vscode.l10n.t('1 task running') : vscode.l10n.t('{0} tasks running', count);
}
