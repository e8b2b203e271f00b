import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import { SCRIPT_EXTENSIONS, isBatchFile, isQueueable } from './script-kinds.ts';

/** Beyond this a pick list is no help; the Explorer's menu is. */
const MOST = 3000;
const ELSEWHERE = '{**/node_modules/**,**/.venv/**,**/venv/**,**/site-packages/**,**/__pycache__/**,**/.git/**,**/dist/**,**/*.d.ts}';

/** The script or prompt file in the active editor. */
export function activeScript(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && isQueueable(uri.fsPath) ? uri : undefined;
}

export function activeBatchFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && isBatchFile(uri.fsPath) ? uri : undefined;
}

/** Scripts and prompt files of the workspace that a person picks; `undefined` when none. */
export async function pickScripts(): Promise<readonly vscode.Uri[] | undefined> {
  const files = await find(`**/*.{${[...SCRIPT_EXTENSIONS, 'prompt.md'].join(',')}}`);
  if (files.length === 0)
    throw new UserError(
      vscode.l10n.t(
        'There are no scripts in the open folders. Scripts end in {0}.',
        SCRIPT_EXTENSIONS.map((extension) => `.${extension}`).join(', '),
      ),
    );
  const picked = await vscode.window.showQuickPick(files.map(fileItem), {
    canPickMany: true,
    matchOnDescription: true,
    title: vscode.l10n.t('Run Scripts in Parallel'),
    placeHolder: vscode.l10n.t('Pick the scripts to queue'),
  });
  return picked?.map(({ uri }) => uri);
}

export async function pickBatchFile(): Promise<vscode.Uri | undefined> {
  const files = await find('**/*.parallel.json');
  if (files.length === 0)
    throw new UserError(
      vscode.l10n.t(
        'There is no batch file in the open folders. A batch file is called *.parallel.json and lists tasks, such as { "tasks": [ { "script": "sweep.py" } ] }.',
      ),
    );
  if (files.length === 1) return files[0];
  const picked = await vscode.window.showQuickPick(files.map(fileItem), {
    matchOnDescription: true,
    title: vscode.l10n.t('Queue Batch'),
    placeHolder: vscode.l10n.t('Pick the batch file to queue'),
  });
  return picked?.uri;
}

/** Files of the workspace, nearest to the top first, `run_2` before `run_10`. */
export async function find(pattern: string): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(pattern, ELSEWHERE, MOST);
  return files.sort((a, b) => depth(a) - depth(b) || a.fsPath.localeCompare(b.fsPath, undefined, { numeric: true }));
}

export interface FileItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
}

export function fileItem(uri: vscode.Uri): FileItem {
  const folder = path.dirname(vscode.workspace.asRelativePath(uri));
  return { label: path.basename(uri.fsPath), ...(folder !== '.' && { description: folder }), uri };
}

function depth(uri: vscode.Uri): number {
  return uri.path.split('/').length;
}
