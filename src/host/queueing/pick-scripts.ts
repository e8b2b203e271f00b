import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { TaskPort } from '../../core/engine/engine-port.ts';
import { workspaceRoots } from '../workspace-roots.ts';
import { fileRows, filesOf, type FileRow } from './file-rows.ts';
import { recentScripts } from './recent-scripts.ts';
import { SCRIPT_EXTENSIONS, isBatchFile, isQueueable } from './script-kinds.ts';

/** The script or prompt file in the active editor. */
export function activeScript(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && isQueueable(uri.fsPath) ? uri : undefined;
}

export function activeBatchFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && isBatchFile(uri.fsPath) ? uri : undefined;
}

/** Scripts and prompt files of the workspace that a person picks, those queued last first; `undefined` when none. */
export async function pickScripts(engine: Pick<TaskPort, 'query'>): Promise<readonly vscode.Uri[] | undefined> {
  const [rows, recent] = await Promise.all([
    fileRows(`**/*.{${[...SCRIPT_EXTENSIONS, 'prompt.md'].join(',')}}`),
    recentScripts(engine, workspaceRoots()),
  ]);
  if (rows.length === 0)
    throw new UserError(
      vscode.l10n.t(
        'There are no scripts in the open folders. Scripts end in {0}.',
        SCRIPT_EXTENSIONS.map((extension) => `.${extension}`).join(', '),
      ),
    );
  const picked = await vscode.window.showQuickPick(recentFirst(rows, recent), {
    canPickMany: true,
    matchOnDescription: true,
    title: vscode.l10n.t('Run Scripts in Parallel'),
    placeHolder: vscode.l10n.t('Pick the scripts to queue'),
  });
  return picked === undefined ? undefined : filesOf(picked);
}

function recentFirst(rows: readonly FileRow[], recent: readonly string[]): readonly FileRow[] {
  const first = recent.flatMap((file) => rows.find(({ uri }) => uri?.fsPath === file) ?? []);
  if (first.length === 0) return rows;
  const others = rows.filter((row) => !first.includes(row));
  return [heading(vscode.l10n.t('recently queued')), ...first, heading(vscode.l10n.t('others')), ...others];
}

function heading(label: string): FileRow {
  return { kind: vscode.QuickPickItemKind.Separator, label, uri: undefined };
}

export async function pickBatchFile(): Promise<vscode.Uri | undefined> {
  const rows = await fileRows('**/*.parallel.json');
  if (rows.length === 0)
    throw new UserError(
      vscode.l10n.t(
        'There is no batch file in the open folders. A batch file is called *.parallel.json and lists tasks, such as { "tasks": [ { "script": "sweep.py" } ] }.',
      ),
    );
  if (rows.length === 1) return rows[0]!.uri;
  const picked = await vscode.window.showQuickPick(rows, {
    matchOnDescription: true,
    title: vscode.l10n.t('Queue Batch'),
    placeHolder: vscode.l10n.t('Pick the batch file to queue'),
  });
  return picked === undefined ? undefined : (await filesOf([picked]))?.[0];
}
