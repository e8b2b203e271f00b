import * as vscode from 'vscode';
import { TREE_COMMANDS } from '../../host/ids.ts';
import { faceItem } from '../face-item.ts';
import type { TreeNode } from './tree-node.ts';

const TOOLTIP_PATHS = 20;

/** A node as VS Code draws it. The tooltip of a task is made when it is asked for. */
export function treeItem(node: TreeNode, isExpanded: boolean): vscode.TreeItem {
  const { face } = node;
  const item = faceItem(node.id, face, collapsibleState(node, isExpanded));
  const tooltip = tooltipOf(node);
  if (tooltip !== undefined) item.tooltip = tooltip;
  const command = commandOf(node);
  if (command !== undefined) item.command = { command, title: face.label, arguments: [node] };
  return item;
}

function collapsibleState(node: TreeNode, isExpanded: boolean): vscode.TreeItemCollapsibleState {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case 'group':
      return node.startsExpanded ? Expanded : Collapsed;
    case 'batch':
      return Collapsed;
    case 'task':
      return node.hasChildren ? (isExpanded ? Expanded : Collapsed) : None;
    case 'due':
    case 'run':
    case 'dependency':
    case 'file':
    case 'grade':
    case 'undeclared':
    case 'more':
      return None;
  }
}

function tooltipOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'task':
    case 'due':
    case 'dependency':
      return undefined;
    case 'file':
      return node.path;
    case 'undeclared':
      return node.paths.slice(0, TOOLTIP_PATHS).join('\n');
    case 'batch':
      return `${node.batch.name}\n${node.face.description}`;
    case 'group':
    case 'run':
    case 'grade':
    case 'more':
      return `${node.face.label}: ${node.face.description}`;
  }
}

function commandOf(node: TreeNode): string | undefined {
  switch (node.kind) {
    case 'more':
      return TREE_COMMANDS.showMore;
    case 'task':
    case 'run':
    case 'dependency':
    case 'file':
    case 'grade':
    case 'undeclared':
      return TREE_COMMANDS.activate;
    case 'group':
    case 'batch':
    case 'due':
      return undefined;
  }
}
