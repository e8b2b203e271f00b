import * as vscode from 'vscode';
import { HostError } from './host-error.ts';

/** Folders of this window that lie on the machine's disk. */
export function workspaceRoots(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath);
}

/** The workspace folder that a file belongs to: the innermost, where folders are nested. */
export function rootOf(file: vscode.Uri): string | undefined {
  const folder = vscode.workspace.getWorkspaceFolder(file);
  return folder?.uri.scheme === 'file' ? folder.uri.fsPath : undefined;
}

/** The roots; says what to do when there are none. */
export function requireRoots(): readonly string[] {
  const roots = workspaceRoots();
  if (roots.length > 0) return roots;
  throw new HostError(vscode.l10n.t('No folder is open. Open the folder that holds the scripts, then queue them.'), [
    { title: vscode.l10n.t('Open Folder'), run: () => vscode.commands.executeCommand('workbench.action.files.openFolder') },
  ]);
}

/** Says what to do in Restricted Mode, in which nothing is run. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw new HostError(vscode.l10n.t('This workspace is in Restricted Mode, in which Parallel Workflow runs nothing. Trust the workspace to queue its scripts.'), [
    { title: vscode.l10n.t('Manage Workspace Trust'), run: () => vscode.commands.executeCommand('workbench.trust.manage') },
  ]);
}
