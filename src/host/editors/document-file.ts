import type * as vscode from 'vscode';

/** The file that a document is saved to; `undefined` for one that has none yet, or lies on no disk. */
export function documentFile(uri: Pick<vscode.Uri, 'scheme' | 'path' | 'fsPath'>): string | undefined {
  if (uri.scheme === 'file' || (uri.scheme === 'untitled' && uri.path.startsWith('/'))) return uri.fsPath;
  return undefined;
}
