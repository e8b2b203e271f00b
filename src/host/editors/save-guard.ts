import { copyFile, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { FileUser } from '../../core/model/file-use.ts';
import { userName } from '../../core/present/describe-users.ts';
import { editedFile, type EditedFile } from './active-tab.ts';
import type { DiskCopies } from './disk-copies.ts';
import { documentFile } from './document-file.ts';

interface Parts {
  /** Who must not be disturbed at a file. */
  readonly writerOf: (file: string) => FileUser | undefined;
  readonly copies: DiskCopies;
  readonly whileWritable: <R>(file: EditedFile, act: () => Promise<R>) => Promise<R>;
  /** The disk holds again what it held before the save. */
  readonly restored: (file: string) => void;
  readonly onError: (error: unknown) => void;
}

/** A save that got through to a file that somebody writes. */
interface Overwriting {
  readonly writer: FileUser;
  /** What was on the disk; `undefined` when there was no file. */
  readonly copy: string | undefined;
}

/**
 * For saves that nothing can hold up, such as of all files, or by a timer, while the editor is in the background: what
 * they overwrite is kept, and a person decides afterwards.
 */
export class SaveGuard implements Disposable {
  private readonly parts: Parts;
  private readonly subscription: Disposable;
  private readonly allowed = new Set<string>();
  private readonly overwritings = new Map<string, Overwriting>();

  constructor(parts: Parts) {
    this.parts = parts;
    this.subscription = vscode.Disposable.from(
      vscode.workspace.onWillSaveTextDocument((event) => this.before(event, event.document.uri)),
      vscode.workspace.onDidSaveTextDocument((document) => this.after(document)),
    );
  }

  /** Saves of the file by `act` are what the person wants. */
  async allowing<R>(file: string, act: () => Promise<R>): Promise<R> {
    this.allowed.add(file);
    try {
      return await act();
    } finally {
      this.allowed.delete(file);
    }
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private before(event: vscode.TextDocumentWillSaveEvent, uri: vscode.Uri): void {
    const file = documentFile(uri);
    const writer = file === undefined || this.allowed.has(file) ? undefined : this.parts.writerOf(file);
    if (writer === undefined) return;
    event.waitUntil(
      this.parts.copies.keep(file!).then(
        (copy) => void this.overwritings.set(file!, { writer, copy }),
        // The save goes on in any case, and a rejection would only cost us the next ones.
        this.parts.onError,
      ),
    );
  }

  private after(document: vscode.TextDocument): void {
    const overwriting = this.overwritings.get(document.uri.fsPath);
    if (overwriting === undefined) return;
    this.overwritings.delete(document.uri.fsPath);
    this.ask(document, overwriting).catch(this.parts.onError);
  }

  private async ask(document: vscode.TextDocument, { writer, copy }: Overwriting): Promise<void> {
    const { fsPath: file } = document.uri;
    const typed = document.getText();
    const saved = await readFile(file);
    const [putBack, compare, keep] = [vscode.l10n.t('Put Back What Was on Disk'), vscode.l10n.t('Compare'), vscode.l10n.t('Keep My Save')];
    const text = vscode.l10n.t('“{0}” was saved while {1} is writing it. What was on the disk has been kept.', path.basename(file), userName(writer));
    for (;;) {
      const answer = await vscode.window.showWarningMessage(text, putBack, ...(copy === undefined ? [] : [compare]), keep);
      if (answer === compare) await vscode.commands.executeCommand('vscode.diff', vscode.Uri.file(copy!), document.uri, vscode.l10n.t('{0} (as it was on disk) ↔ {0}', path.basename(file)));
      else {
        if (answer === putBack) {
          await this.parts.whileWritable(editedFile(document.uri), () => restore(document.uri, { typed, saved, copy }));
          this.parts.restored(file);
        }
        // Whoever only closed the question finds the copy later.
        if (answer !== undefined && copy !== undefined) await this.parts.copies.drop(copy);
        return;
      }
    }
  }
}

interface Before {
  readonly typed: string;
  readonly saved: Buffer;
  readonly copy: string | undefined;
}

/** The editor has what was typed again, unsaved; the disk what it held before, unless it was written since. */
async function restore(uri: vscode.Uri, { typed, saved, copy }: Before): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  // What is unsaved is not read from the disk anew; so it has to be unsaved first.
  await makeUnsaved(document, typed);
  if (!document.isDirty) throw new Error(`The text of ${uri.fsPath} could not be put into its editor again`);
  const now = await readFile(uri.fsPath).catch(() => undefined);
  if (now?.equals(saved) !== true) return;
  if (copy === undefined) await rm(uri.fsPath);
  else await copyFile(copy, uri.fsPath);
}

async function makeUnsaved(document: vscode.TextDocument, typed: string): Promise<void> {
  const end = document.lineAt(document.lineCount - 1).range.end;
  if (document.isDirty) return;
  if (document.getText() !== typed) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(new vscode.Position(0, 0), end), typed);
    await vscode.workspace.applyEdit(edit);
    return;
  }
  const there = new vscode.WorkspaceEdit();
  there.insert(document.uri, end, ' ');
  await vscode.workspace.applyEdit(there);
  const back = new vscode.WorkspaceEdit();
  back.delete(document.uri, new vscode.Range(end, end.translate(0, 1)));
  await vscode.workspace.applyEdit(back);
}
