import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { eventually, fileUri } from './observer.ts';

/** A text file of its own, and what a person does with it in an editor. */
export class EditedFile {
  readonly name: string;
  readonly uri: vscode.Uri;

  constructor(text = 'one\n', name = `data-${randomUUID()}.txt`) {
    this.name = name;
    this.uri = fileUri(name);
    this.write(text);
  }

  get disk(): string {
    return readFileSync(this.uri.fsPath, 'utf8');
  }

  /** Writes past the editor, as a task does. */
  write(text: string): void {
    writeFileSync(this.uri.fsPath, text);
  }

  /** Brings it to the front, with the cursor at its start. */
  async show(options: vscode.TextDocumentShowOptions = {}): Promise<vscode.TextDocument> {
    const editor = await vscode.window.showTextDocument(this.uri, { preview: false, ...options });
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    return editor.document;
  }

  /** Leaves text in the editor that is not on the disk. */
  async change(text: string): Promise<vscode.TextDocument> {
    const document = await this.show();
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.uri, new vscode.Position(0, 0), text);
    await vscode.workspace.applyEdit(edit);
    return document;
  }

  /** Resolves when keys typed into the editor at the front change nothing. */
  async refusesKeys(document: vscode.TextDocument): Promise<void> {
    await eventually(`${this.name} to be read-only`, async () => ((await typed(document)) ? undefined : true));
  }

  /** @param focus Puts the cursor where it is to be typed, where that takes more than showing the editor. */
  async takesKeys(document: vscode.TextDocument, focus = (): Promise<void> => Promise.resolve()): Promise<void> {
    await eventually(`${this.name} to be writable`, async () => {
      await focus();
      return (await typed(document)) ? true : undefined;
    });
  }
}

/** Whether a key that is typed arrives; it is taken back at once. */
async function typed(document: vscode.TextDocument): Promise<boolean> {
  const before = document.getText();
  const wasDirty = document.isDirty;
  await vscode.commands.executeCommand('type', { text: 'x' });
  if (document.getText() === before) return false;
  await vscode.commands.executeCommand('undo');
  if (document.getText() === before) return true;
  // The editor has become read-only in between, which binds the keyboard only.
  if (wasDirty) await setText(document, before);
  else await vscode.commands.executeCommand('workbench.action.files.revert');
  return true;
}

async function setText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}
