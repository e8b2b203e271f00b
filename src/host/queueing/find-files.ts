import * as vscode from 'vscode';

/** Beyond this a pick list is no help; the Explorer's menu is. */
export const MOST = 3000;
const ELSEWHERE = '{**/node_modules/**,**/.venv/**,**/venv/**,**/site-packages/**,**/__pycache__/**,**/.git/**,**/dist/**,**/*.d.ts}';

/** Files of the workspace, nearest to the top first, `run_2` before `run_10`. */
export async function findFiles(pattern: string): Promise<readonly vscode.Uri[]> {
  const files = await vscode.workspace.findFiles(pattern, ELSEWHERE, MOST);
  return files.sort((a, b) => depth(a) - depth(b) || a.fsPath.localeCompare(b.fsPath, undefined, { numeric: true }));
}

function depth(uri: vscode.Uri): number {
  return uri.path.split('/').length;
}
