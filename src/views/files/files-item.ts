import * as vscode from 'vscode';
import { TREE_COMMANDS } from '../../host/ids.ts';
import { faceItem } from '../face-item.ts';
import type { FilesNode } from './files-node.ts';

/** A row of *Files in Use* as VS Code draws it. Without a resource: its badges would say again what the row says. */
export function filesItem(node: FilesNode): vscode.TreeItem {
  const { face } = node;
  const { Collapsed, None } = vscode.TreeItemCollapsibleState;
  const item = faceItem(node.id, face, node.kind === 'use' ? Collapsed : None);
  if (node.kind === 'moreUses') {
    item.tooltip = face.accessibility;
    if (node.parent === undefined) item.command = { command: TREE_COMMANDS.showMoreFiles, title: face.label };
  } else item.command = { command: TREE_COMMANDS.activateFile, title: face.label, arguments: [node] };
  return item;
}
