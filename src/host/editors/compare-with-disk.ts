import path from 'node:path';
import * as vscode from 'vscode';
import { documentFile } from './document-file.ts';

/** Shows what is on the disk beside what is in the editor. */
export async function compareWithDisk(uri: vscode.Uri): Promise<void> {
  if (uri.scheme === 'file') {
    await vscode.commands.executeCommand('workbench.files.action.compareWithSaved', uri);
    return;
  }
  const file = documentFile(uri);
  if (file === undefined) return;
  await vscode.commands.executeCommand('vscode.diff', vscode.Uri.file(file), uri, vscode.l10n.t('{0} (on disk) ↔ {0}', path.basename(file)));
}
