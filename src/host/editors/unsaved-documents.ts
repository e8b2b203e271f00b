import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { documentFile } from './document-file.ts';
import { tabResource } from './tab-resource.ts';

/** Documents of this window that differ from what is on the disk, by their files: texts, notebooks, and what other editors edit. */
export class UnsavedDocuments implements Disposable {
  private readonly subscription: Disposable;
  private readonly emitter = new Emitter<void>();
  private documents: ReadonlyMap<string, vscode.Uri> = new Map();

  readonly onDidChange = this.emitter.event;

  constructor() {
    const { workspace, window } = vscode;
    const look = (): void => this.look();
    this.subscription = vscode.Disposable.from(
      workspace.onDidChangeTextDocument(({ document }) => {
        // Each key typed comes by here.
        const file = documentFile(document.uri);
        if (file !== undefined && document.isDirty !== this.documents.has(file)) this.look();
      }),
      workspace.onDidOpenTextDocument(look),
      workspace.onDidSaveTextDocument(look),
      workspace.onDidCloseTextDocument(look),
      workspace.onDidChangeNotebookDocument(look),
      workspace.onDidOpenNotebookDocument(look),
      workspace.onDidSaveNotebookDocument(look),
      workspace.onDidCloseNotebookDocument(look),
      workspace.onDidRenameFiles(look),
      // Tells of reverted notebooks and of editors that have no document.
      window.tabGroups.onDidChangeTabs(look),
    );
    this.look();
  }

  get files(): readonly string[] {
    return [...this.documents.keys()];
  }

  /** The document that holds the unsaved changes of a file. */
  of(file: string): vscode.Uri | undefined {
    return this.documents.get(file);
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }

  private look(): void {
    const documents = unsavedDocuments();
    if (documents.size === this.documents.size && [...documents.keys()].every((file) => this.documents.has(file))) return;
    this.documents = documents;
    this.emitter.fire();
  }
}

/** Those that there are right now, by their files. */
export function unsavedDocuments(): ReadonlyMap<string, vscode.Uri> {
  const found = new Map<string, vscode.Uri>();
  const note = (uri: vscode.Uri | undefined): void => {
    const file = uri === undefined ? undefined : documentFile(uri);
    if (file !== undefined) found.set(file, uri!);
  };
  for (const document of vscode.workspace.textDocuments) if (document.isDirty) note(document.uri);
  for (const notebook of vscode.workspace.notebookDocuments) if (notebook.isDirty) note(notebook.uri);
  for (const tab of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) if (tab.isDirty && tab.input instanceof vscode.TabInputCustom) note(tabResource(tab));
  return found;
}
