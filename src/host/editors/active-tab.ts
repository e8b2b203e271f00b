import * as vscode from 'vscode';
import type { ActiveEditor, EditedResource } from './read-only-editors.ts';
import { tabResource } from './tab-resource.ts';

/** A shown tab is told of within milliseconds. */
const SHOWN_WITHIN_MS = 2000;

export interface EditedFile extends EditedResource {
  readonly uri: vscode.Uri;
}

export function editedFile(uri: vscode.Uri): EditedFile {
  return { key: uri.toString(), file: uri.fsPath, uri };
}

/** The tab at the front of the group that has the focus. */
export const activeTab: ActiveEditor<EditedFile> = {
  get resource() {
    const uri = tabResource(vscode.window.tabGroups.activeTabGroup.activeTab);
    // Only what lies on the disk can be read-only or not.
    return uri?.scheme === 'file' ? editedFile(uri) : undefined;
  },
  setReadOnly: () => vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession'),
  reset: () => vscode.commands.executeCommand('workbench.action.files.resetActiveEditorReadonlyInSession'),
  reveal: async (file) => {
    const before = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (isAt(before, file)) return () => Promise.resolve();
    const tab = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find((candidate) => isAt(candidate, file));
    if (tab === undefined) await vscode.window.showTextDocument(file.uri, { preview: false, preserveFocus: true });
    else await show(tab);
    await untilActive(file);
    // Whoever has gone somewhere else meanwhile stays there.
    return () => (before === undefined || !isAt(vscode.window.tabGroups.activeTabGroup.activeTab, file) ? Promise.resolve() : show(before));
  },
};

function isAt(tab: vscode.Tab | undefined, { key }: EditedFile): boolean {
  return tabResource(tab)?.toString() === key;
}

/** The focus stays where it is, such as in a terminal, unless the tab is in another group of editors. */
async function show({ input, group, isPreview, label }: vscode.Tab): Promise<void> {
  const options = { viewColumn: group.viewColumn, preview: isPreview, preserveFocus: group === vscode.window.tabGroups.activeTabGroup };
  if (input instanceof vscode.TabInputText) await vscode.window.showTextDocument(input.uri, options);
  else if (input instanceof vscode.TabInputTextDiff || input instanceof vscode.TabInputNotebookDiff)
    await vscode.commands.executeCommand('vscode.diff', input.original, input.modified, label, options);
  else if (input instanceof vscode.TabInputNotebook)
    await vscode.window.showNotebookDocument(await vscode.workspace.openNotebookDocument(input.uri), options);
  else if (input instanceof vscode.TabInputCustom)
    await vscode.commands.executeCommand('vscode.openWith', input.uri, input.viewType, options);
}

async function untilActive(file: EditedFile): Promise<void> {
  const { tabGroups } = vscode.window;
  if (isAt(tabGroups.activeTabGroup.activeTab, file)) return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      changes.dispose();
      clearTimeout(limit);
      resolve();
    };
    const look = (): void => {
      if (isAt(tabGroups.activeTabGroup.activeTab, file)) done();
    };
    const changes = vscode.Disposable.from(tabGroups.onDidChangeTabs(look), tabGroups.onDidChangeTabGroups(look));
    const limit = setTimeout(done, SHOWN_WITHIN_MS);
  });
}
