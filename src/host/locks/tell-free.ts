import path from 'node:path';
import * as vscode from 'vscode';
import { oneLine, shortLabel } from '../../core/present/format/one-line.ts';

const NAMED = 3;

/** Tells once that files are free, with the way to them. */
export async function tellFree(files: readonly string[]): Promise<void> {
  const open = vscode.l10n.t('Open');
  if ((await vscode.window.showInformationMessage(message(files), open)) !== open) return;
  const file = files.length === 1 ? files[0] : await pickOne(files);
  if (file !== undefined) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
}

function message(files: readonly string[]): string {
  if (files.length === 1) return vscode.l10n.t('{0} is free', name(files[0]!));
  const names = files.slice(0, NAMED).map(name).join(', ');
  const rest = files.length - NAMED;
  return rest > 0 ? vscode.l10n.t('{0} files are free: {1} and {2} more', files.length, names, rest) : vscode.l10n.t('{0} files are free: {1}', files.length, names);
}

async function pickOne(files: readonly string[]): Promise<string | undefined> {
  const items = files.map((file) => ({ label: name(file), description: vscode.workspace.asRelativePath(file), file }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Open'), placeHolder: vscode.l10n.t('Pick a file that is free') }))?.file;
}

function name(file: string): string {
  return shortLabel(oneLine(path.basename(file)));
}
