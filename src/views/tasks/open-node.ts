import * as vscode from 'vscode';
import { COMMANDS } from '../../host/ids.ts';
import type { TreeNode } from './tree-node.ts';

/** What a double click or Enter on a row does: the log where there is one, else the script; of a file, the file. */
export async function openNode(node: TreeNode): Promise<void> {
  if (node.kind === 'file' || node.kind === 'grade') {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(node.path));
    return;
  }
  if (node.kind === 'undeclared') {
    if (node.paths.length === 1) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(node.paths[0]!));
    return;
  }
  const words = node.face.contextValue.split(' ');
  if (words.includes('hasLog')) await vscode.commands.executeCommand(COMMANDS.openLog, node);
  else if (words.includes('hasScript')) await vscode.commands.executeCommand(COMMANDS.revealScript, node);
}
