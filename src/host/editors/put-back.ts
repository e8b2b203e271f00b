import { copyFile, readFile, rm } from 'node:fs/promises';
import * as vscode from 'vscode';

/** A save that is to be undone on the disk. */
export interface Overwritten {
  readonly file: string;
  /** What the save wrote. */
  readonly saved: Buffer;
  /** Where that is kept which it overwrote; `undefined` when there was no file. */
  readonly copy: string | undefined;
}

/** The disk holds again what it held before a save; unless it was written since. False then. */
export async function putBack({ file, saved, copy }: Overwritten): Promise<boolean> {
  const now = await readFile(file).catch(() => undefined);
  if (now?.equals(saved) !== true) return false;
  if (copy === undefined) await rm(file);
  else await copyFile(copy, file);
  return true;
}

/** Makes a document differ from the disk, so that VS Code does not take the disk's text in its place. Needs a writable editor. */
export async function makeUnsaved(uri: vscode.Uri, typed: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (document.isDirty) return;
  const { end } = document.lineAt(document.lineCount - 1).range;
  if (document.getText() === typed) {
    await apply((edit) => edit.insert(uri, end, ' '));
    await apply((edit) => edit.delete(uri, new vscode.Range(end, end.translate(0, 1))));
  } else await apply((edit) => edit.replace(uri, new vscode.Range(new vscode.Position(0, 0), end), typed));
  if (!document.isDirty) throw new Error(`The text of ${uri.fsPath} could not be put into its editor again`);
}

async function apply(change: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  change(edit);
  await vscode.workspace.applyEdit(edit);
}
