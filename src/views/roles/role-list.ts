import * as vscode from 'vscode';
import type { RoleWatch } from '../../core/roles/role-watch.ts';
import { roleTooltip } from '../../core/present/roles/present-role.ts';
import { VIEWS } from '../../host/ids.ts';
import { faceItem } from '../face-item.ts';
import { RoleModel } from './role-model.ts';
import type { RoleNode } from './role-node.ts';

/** The view *Roles*. */
export class RoleList implements vscode.TreeDataProvider<RoleNode>, vscode.Disposable {
  private readonly watch: RoleWatch;
  private readonly model: RoleModel;
  private readonly redrawn = new vscode.EventEmitter<RoleNode | RoleNode[] | undefined>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.redrawn.event;

  constructor(watch: RoleWatch, onError: (error: unknown) => void) {
    this.watch = watch;
    this.model = new RoleModel(watch);
    const view = vscode.window.createTreeView<RoleNode>(VIEWS.roles, { treeDataProvider: this });
    this.subscriptions = [
      this.model,
      this.redrawn,
      view,
      vscode.Disposable.from(this.model.onDidRedraw((redraw) => this.redrawn.fire(redraw === 'all' ? undefined : [...redraw]))),
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) void watch.read().catch(onError);
      }),
    ];
  }

  getTreeItem({ name, face }: RoleNode): vscode.TreeItem {
    return faceItem(name, face);
  }

  async getChildren(node?: RoleNode): Promise<RoleNode[]> {
    if (node !== undefined) return [];
    // The engine may open only now: it is waited for, so that no welcome stands where roles will be.
    if (this.watch.roles.length === 0) await this.watch.read().catch(() => undefined);
    return [...this.model.rows];
  }

  getParent(): undefined {
    return undefined;
  }

  resolveTreeItem(item: vscode.TreeItem, node: RoleNode): vscode.TreeItem {
    item.tooltip = new vscode.MarkdownString(roleTooltip(node.view));
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }
}
