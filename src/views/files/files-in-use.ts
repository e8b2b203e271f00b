import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { messageOf } from '../../core/base/user-error.ts';
import { COMMANDS, TREE_COMMANDS, VIEWS } from '../../host/ids.ts';
import { filesItem } from './files-item.ts';
import { FilesModel, type FilesModelOptions } from './files-model.ts';
import type { FilesNode } from './files-node.ts';

/** The view *Files in Use*. Thin: what there is to see is the model's, how it looks the faces'. */
export class FilesInUse implements vscode.TreeDataProvider<FilesNode>, vscode.Disposable {
  private readonly options: Omit<FilesModelOptions, 'pageSize'>;
  private readonly model: FilesModel;
  private readonly view: vscode.TreeView<FilesNode>;
  private readonly redrawn = new vscode.EventEmitter<FilesNode | FilesNode[] | undefined>();
  private readonly subscriptions: vscode.Disposable[];

  readonly onDidChangeTreeData = this.redrawn.event;

  constructor(options: Omit<FilesModelOptions, 'pageSize'>) {
    this.options = options;
    this.model = new FilesModel({ ...options, onError: (error) => this.fail(error) });
    this.view = vscode.window.createTreeView<FilesNode>(VIEWS.filesInUse, { treeDataProvider: this });
    this.subscriptions = [
      this.model,
      this.redrawn,
      this.view,
      vscode.Disposable.from(this.model.onDidRedraw((redraw) => this.redrawn.fire(redraw === 'all' ? undefined : [...redraw]))),
      this.view.onDidChangeVisibility(({ visible }) => this.model.setVisible(visible)),
      vscode.commands.registerCommand(TREE_COMMANDS.activateFile, (node: FilesNode) => this.open(node)),
      vscode.commands.registerCommand(TREE_COMMANDS.showMoreFiles, () => this.model.showMore()),
    ];
    this.model.setVisible(this.view.visible);
  }

  /** The folders of the window changed. */
  reload(): void {
    this.model.reload();
  }

  getTreeItem(node: FilesNode): vscode.TreeItem {
    return filesItem(node);
  }

  async getChildren(node?: FilesNode): Promise<FilesNode[]> {
    try {
      const children = [...(await this.model.children(node))];
      this.view.message = '';
      return children;
    } catch (error) {
      this.fail(error);
      return [];
    }
  }

  getParent(node: FilesNode): FilesNode | undefined {
    return node.parent;
  }

  async resolveTreeItem(item: vscode.TreeItem, node: FilesNode): Promise<vscode.TreeItem> {
    this.model.rest(node);
    if (node.kind !== 'use') {
      item.tooltip = `${node.face.label}: ${node.face.description}`;
      return item;
    }
    const { fileUseTooltip } = await import('../../core/present/files/file-use-tooltip.ts');
    item.tooltip = new vscode.MarkdownString(fileUseTooltip(node.use, { now: this.options.clock.now(), locale: vscode.env.language }));
    return item;
  }

  dispose(): void {
    for (const subscription of this.subscriptions.splice(0)) subscription.dispose();
  }

  private async open(node: FilesNode): Promise<void> {
    if (node.kind === 'user') await vscode.commands.executeCommand(COMMANDS.showHolder, node);
    if (node.kind !== 'use') return;
    const uri = vscode.Uri.file(node.use.path);
    const found = await stat(node.use.path).catch(() => undefined);
    if (found === undefined) void vscode.window.setStatusBarMessage(`$(info) ${vscode.l10n.t('{0} is not there yet', path.basename(node.use.path))}`, 4000);
    else if (found.isDirectory()) await vscode.commands.executeCommand('revealInExplorer', uri);
    else await vscode.commands.executeCommand('vscode.open', uri);
  }

  private fail(error: unknown): void {
    if (this.subscriptions.length === 0) return;
    this.view.message = vscode.l10n.t('The files in use cannot be shown: {0}', messageOf(error));
    this.options.onError(error);
  }
}
