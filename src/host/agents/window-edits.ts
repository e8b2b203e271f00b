import path from 'node:path';
import * as vscode from 'vscode';
import { diskFiles, readText, type Replaced } from '../../agent/tools/text-files.ts';
import { UserError } from '../../core/base/user-error.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import { isInside } from '../../core/spec/paths.ts';
import { changedPart } from './changed-part.ts';
import { documentFile } from '../editors/document-file.ts';
import type { EditorLocks } from '../editors/editor-locks.ts';
import { unsavedDocuments } from '../editors/unsaved-documents.ts';

/** The text of an editor with unsaved changes; `undefined` when there is none, or when it is no text. */
export function unsavedText(file: string): string | undefined {
  const key = pathKey(file);
  const document = vscode.workspace.textDocuments.find(({ uri, isDirty }) => isDirty && keyOf(uri) === key);
  return document?.getText();
}

/** Changes a file through its editor, so that what is open there is right at once and can be undone; see `WindowService.replace`. */
export async function replaceText(
  file: string,
  before: string | undefined,
  after: string,
  { roots, editors }: { readonly roots: readonly string[]; readonly editors: Pick<EditorLocks, 'whileEdited'> },
): Promise<Replaced> {
  const key = pathKey(file);
  if (!roots.some((root) => isInside(key, pathKey(root)))) throw new UserError(`\`${file}\` lies outside of this window's folders.`);
  if (isUnsaved(key)) return { type: 'unsaved' };
  const now = await readText(file, file);
  if (now !== before) return { type: now === after ? 'done' : 'changed' };
  const uri = vscode.Uri.file(file);
  // A notebook's cells are no text of its file; what shows it hears of the disk.
  if (before === undefined || path.extname(file) === '.ipynb') return diskFiles.replace(file, before, after);
  return editors.whileEdited(uri, async (isWritable) =>
    isWritable
      ? ((await throughEditor(uri, before, after)) ?? diskFiles.replace(file, before, after))
      : diskFiles.replace(file, before, after),
  );
}

/** `undefined` when the editor does not take it: it has not heard of what is on the disk yet, or the file is too large for it. */
async function throughEditor(uri: vscode.Uri, before: string, after: string): Promise<Replaced | undefined> {
  const document = await opened(uri);
  if (document === undefined) return undefined;
  if (document.isDirty) return { type: 'unsaved' };
  const [from, to] = [asIn(document, before), asIn(document, after)];
  if (document.getText() !== from) return undefined;
  if (from !== to) {
    if (!(await applied(document, from, to))) return undefined;
    if (document.isDirty && !(await document.save())) {
      await applied(document, to, from);
      throw new UserError(`VS Code could not save ${document.fileName}.`);
    }
    return { type: 'done' };
  }
  // Only line ends or the byte order mark differ, of which an editor knows nothing.
  return undefined;
}

async function opened(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

async function applied(document: vscode.TextDocument, from: string, to: string): Promise<boolean> {
  const { start, end, text } = changedPart(from, to);
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  return vscode.workspace.applyEdit(edit);
}

/** A document has one kind of line end, and no byte order mark. */
function asIn({ eol }: vscode.TextDocument, text: string): string {
  return text.replace(/^\ufeff/, '').replaceAll(/\r\n|\n|\r/g, eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
}

function isUnsaved(key: string): boolean {
  return [...unsavedDocuments().values()].some((uri) => keyOf(uri) === key);
}

function keyOf(uri: vscode.Uri): string | undefined {
  const file = documentFile(uri);
  return file === undefined ? undefined : pathKey(file);
}
