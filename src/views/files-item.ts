import * as vscode from 'vscode';
import { TREE_COMMANDS } from '../host/ids.ts';
import type { FilesNode } from './files-node.ts';

/** A row of *Files in Use* as VS Code draws it. Without a resource: its badges would say again what the row says. */
export function filesItem(node: FilesNode): vscode.TreeItem {
  const { face } = node;
  const item = new vscode.TreeItem(face.label, node.kind === 'use' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
  item.id = node.id;
  item.description = face.description;
  item.iconPath = new vscode.ThemeIcon(face.icon, face.iconColor === undefined ? undefined : new vscode.ThemeColor(face.iconColor));
  item.contextValue = face.contextValue;
  item.accessibilityInformation = { label: face.accessibility };
  if (node.kind === 'moreUses') {
    item.tooltip = face.accessibility;
    if (node.parent === undefined) item.command = { command: TREE_COMMANDS.showMoreFiles, title: face.label };
  } else item.command = { command: TREE_COMMANDS.activateFile, title: face.label, arguments: [node] };
  return item;
}
