import * as vscode from 'vscode';
import type { Format } from './protocol.ts';

const TITLES: Readonly<Record<Format, () => string>> = {
  'figures.csv': () => vscode.l10n.t('Machine Figures (CSV)'),
  'runs.csv': () => vscode.l10n.t('Runs (CSV)'),
  'scripts.csv': () => vscode.l10n.t('Scripts (CSV)'),
  json: () => vscode.l10n.t('Everything Shown (JSON)'),
  png: () => vscode.l10n.t('Picture of the Plots (PNG)'),
};

/** Asks what to export; `undefined` when a person changed their mind. */
export async function pickFormat(): Promise<Format | undefined> {
  const items = Object.entries(TITLES).map(([format, title]) => ({ label: title(), format: format as Format }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Export What the Dashboard Shows') }))?.format;
}

/** Asks for a file and writes it. */
export async function saveExport(format: Format, data: string, now: number): Promise<void> {
  const ending = format.split('.').at(-1)!;
  const stem = format.includes('.') ? `dashboard-${format.split('.')[0]}` : 'dashboard';
  const name = `${stem}-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}.${ending}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    filters: { [ending.toUpperCase()]: [ending] },
    title: TITLES[format](),
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, Buffer.from(data, format === 'png' ? 'base64' : 'utf8'));
  vscode.window.setStatusBarMessage(`$(save) ${vscode.l10n.t('Saved {0}', vscode.workspace.asRelativePath(target))}`, 4000);
}
