import path from 'node:path';
import * as vscode from 'vscode';
import { findFiles, MOST } from './find-files.ts';

/** A row for a file, or the last one, which leads to files that a list does not hold. */
export interface FileRow extends vscode.QuickPickItem {
  readonly uri: vscode.Uri | undefined;
}

/** Whatever somebody types to find what is not listed, it stays. */
export const OTHERS: FileRow = {
  label: `$(folder-opened) ${vscode.l10n.t('Other Files…')}`,
  description: vscode.l10n.t('only the first {0} are listed', MOST.toLocaleString('en')),
  alwaysShow: true,
  uri: undefined,
};

export function fileRow(uri: vscode.Uri): FileRow & { readonly uri: vscode.Uri } {
  const folder = path.dirname(vscode.workspace.asRelativePath(uri));
  return { label: path.basename(uri.fsPath), ...(folder !== '.' && { description: folder }), uri };
}

/** Files of the workspace for a list, those that are `chosen` first; where there are more than it holds, a last row says so and leads to the rest. */
export async function fileRows(pattern: string, chosen: readonly vscode.Uri[] = []): Promise<readonly FileRow[]> {
  const files = await findFiles(pattern);
  const isChosen = new Set(chosen.map(String));
  // One that was chosen may lie where a list of files does not look.
  const rows = [...chosen, ...files.filter((file) => !isChosen.has(String(file)))].map(fileRow);
  return files.length < MOST ? rows : [...rows, OTHERS];
}

/** The files that were picked; for the last row, those that a person chooses on the disk. `undefined` when that was left. */
export async function filesOf(rows: readonly FileRow[]): Promise<readonly vscode.Uri[] | undefined> {
  const picked = rows.flatMap(({ uri }) => uri ?? []);
  if (picked.length === rows.length) return picked;
  const more = await vscode.window.showOpenDialog({ canSelectMany: true, openLabel: vscode.l10n.t('Choose') });
  return more === undefined ? undefined : [...picked, ...more];
}
