import path from 'node:path';
import * as vscode from 'vscode';
import { requireRoots, rootOf } from './workspace-roots.ts';

/** The folder of the workspace that something is for: the only one, else the one a person picks. `undefined` when none was picked. */
export async function pickRoot(title: string, roots: readonly string[] = requireRoots()): Promise<string | undefined> {
  if (roots.length === 1) return roots[0];
  const active = vscode.window.activeTextEditor === undefined ? undefined : rootOf(vscode.window.activeTextEditor.document.uri);
  // The list begins with the folder that a person is in.
  const ordered = [...roots].sort((a, b) => Number(b === active) - Number(a === active));
  const picked = await vscode.window.showQuickPick(
    ordered.map((root) => ({ label: path.basename(root), description: root })),
    { title, placeHolder: vscode.l10n.t('Folder of the workspace') },
  );
  return picked?.description;
}
