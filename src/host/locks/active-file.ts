import * as vscode from 'vscode';
import { documentFile } from '../editors/document-file.ts';
import { tabResource } from '../editors/tab-resource.ts';

/** The file in the active editor; of two compared ones, the right one. `undefined` for one that lies on no disk. */
export function activeFile(): string | undefined {
  const uri = tabResource(vscode.window.tabGroups.activeTabGroup.activeTab);
  return uri === undefined ? undefined : documentFile(uri);
}
