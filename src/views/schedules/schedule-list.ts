import * as vscode from 'vscode';
import { messageOf } from '../../core/base/user-error.ts';
import { VIEWS } from '../../host/ids.ts';
import { faceItem } from '../face-item.ts';
import type { SchedulesNode } from './schedule-run-node.ts';
import { SchedulesModel, type SchedulesModelOptions } from './schedules-model.ts';

/** The view *Schedules*. Thin: what there is to see is the model's, how it looks the faces'. */
export class ScheduleList implements vscode.TreeDataProvider<SchedulesNode>, vscode.Disposable {
  private readonly options: SchedulesModelOptions;
  private readonly model: SchedulesModel;
  private readonly view: vscode.TreeView<SchedulesNode>;
  private readonly redrawn = new vscode.EventEmitter<SchedulesNode | SchedulesNode[] | undefined>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.redrawn.event;

  constructor(options: SchedulesModelOptions) {
    this.options = options;
    this.model = new SchedulesModel({ ...options, locale: vscode.env.language, onError: (error) => this.fail(error) });
    this.view = vscode.window.createTreeView<SchedulesNode>(VIEWS.schedules, { treeDataProvider: this });
    this.subscriptions = [
      this.model,
      this.redrawn,
      this.view,
      vscode.Disposable.from(this.model.onDidRedraw((redraw) => this.redrawn.fire(redraw === 'all' ? undefined : [...redraw]))),
      this.view.onDidChangeVisibility(({ visible }) => this.model.setVisible(visible)),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.model.reload()),
    ];
    this.model.setVisible(this.view.visible);
  }

  getTreeItem(node: SchedulesNode): vscode.TreeItem {
    const { face } = node;
    const hasRuns = node.kind === 'schedule' && node.view.runs.length > 0;
    const { Collapsed, None } = vscode.TreeItemCollapsibleState;
    const item = faceItem(node.id, face, hasRuns ? Collapsed : None);
    if (node.kind === 'scheduleRun') item.tooltip = `${face.label}: ${face.description}`;
    return item;
  }

  async getChildren(node?: SchedulesNode): Promise<SchedulesNode[]> {
    try {
      const children = [...(await this.model.children(node))];
      this.view.message = '';
      return children;
    } catch (error) {
      this.fail(error);
      return [];
    }
  }

  getParent(node: SchedulesNode): SchedulesNode | undefined {
    return node.kind === 'scheduleRun' ? node.parent : undefined;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: SchedulesNode): Promise<vscode.TreeItem> {
    if (node.kind !== 'schedule') return item;
    // Telling what comes next takes the calendar.
    const { scheduleTooltip } = await import('../../core/present/schedules/schedule-tooltip.ts');
    item.tooltip = new vscode.MarkdownString(scheduleTooltip(node.view, this.options.clock.now(), vscode.env.language));
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private fail(error: unknown): void {
    if (this.subscriptions.length === 0) return;
    this.view.message = vscode.l10n.t('The schedules cannot be shown: {0}', messageOf(error));
    this.options.onError(error);
  }
}
