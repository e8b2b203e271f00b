import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { FileUser } from '../../core/model/files/file-use.ts';
import { userName } from '../../core/present/files/describe-users.ts';
import { editedFile, type EditedFile } from './active-tab.ts';
import type { DiskCopies } from './disk-copies.ts';
import { documentFile } from './document-file.ts';
import { makeUnsaved, putBack, type Overwritten } from './put-back.ts';

interface Parts {
  /** Who must not be disturbed at a file. */
  readonly writerOf: (file: string) => FileUser | undefined;
  readonly copies: DiskCopies;
  readonly whileWritable: <R>(file: EditedFile, act: () => Promise<R>) => Promise<R>;
  /** The disk holds again what it held before the save. */
  readonly restored: (file: string) => void;
  readonly onError: (error: unknown) => void;
}

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
  private readonly overwriting = new Map<string, Overwriting>();

  constructor(parts: Parts) {
    const { workspace } = vscode;
    this.parts = parts;
    this.subscription = vscode.Disposable.from(
      workspace.onWillSaveTextDocument(({ document }) => this.before(document.uri)),
      workspace.onWillSaveNotebookDocument(({ notebook }) => this.before(notebook.uri)),
      workspace.onDidSaveTextDocument((document) => this.after(document.uri, document.getText())),
      workspace.onDidSaveNotebookDocument(({ uri }) => this.after(uri, undefined)),
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

  private before(uri: vscode.Uri): void {
    const file = documentFile(uri);
    const writer = file === undefined || this.allowed.has(file) ? undefined : this.parts.writerOf(file);
    if (writer === undefined) return;
    try {
      this.overwriting.set(file!, { writer, copy: this.parts.copies.keep(file!) });
    } catch (error) {
      this.parts.onError(error);
    }
  }

  /** @param typed What is in the editor, where that is a text. */
  private after(uri: vscode.Uri, typed: string | undefined): void {
    const file = uri.fsPath;
    const found = this.overwriting.get(file);
    if (found === undefined) return;
    this.overwriting.delete(file);
    this.told(uri, found, typed).catch(this.parts.onError);
  }

  private async told(uri: vscode.Uri, { writer, copy }: Overwriting, typed: string | undefined): Promise<void> {
    const saved = await readFile(uri.fsPath);
    if (copy === undefined || !saved.equals(await readFile(copy))) return this.ask(uri, writer, { file: uri.fsPath, saved, copy }, typed);
    // The save changed nothing, or VS Code would not wait for the copy.
    await this.parts.copies.drop(copy);
    void vscode.window.showWarningMessage(vscode.l10n.t('“{0}” was saved while {1} is writing it.', path.basename(uri.fsPath), userName(writer)));
    return undefined;
  }

  private async ask(uri: vscode.Uri, writer: FileUser, save: Overwritten, typed: string | undefined): Promise<void> {
    const [back, compare, keep] = [vscode.l10n.t('Put Back What Was on Disk'), vscode.l10n.t('Compare'), vscode.l10n.t('Keep My Save')];
    const name = path.basename(save.file);
    const text = vscode.l10n.t('“{0}” was saved while {1} is writing it. What was on the disk has been kept.', name, userName(writer));
    for (;;) {
      const answer = await vscode.window.showWarningMessage(text, back, ...(save.copy === undefined ? [] : [compare]), keep);
      if (answer === compare) {
        await vscode.commands.executeCommand('vscode.diff', vscode.Uri.file(save.copy!), uri, vscode.l10n.t('{0} (as it was on disk) ↔ {0}', name));
        continue;
      }
      if (answer === back && typed !== undefined) await this.takeBackText(uri, save, typed);
      else if (answer === back) await this.takeBackNotebook(uri, save);
      // Whoever only closed the question finds the copy later.
      if (answer !== undefined && save.copy !== undefined) await this.parts.copies.drop(save.copy);
      return;
    }
  }

  /** The editor has what was typed again, unsaved. */
  private async takeBackText(uri: vscode.Uri, save: Overwritten, typed: string): Promise<void> {
    const isBack = await this.parts.whileWritable(editedFile(uri), async () => {
      await makeUnsaved(uri, typed);
      return putBack(save);
    });
    if (isBack) this.parts.restored(save.file);
    else
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          '“{0}” has been written since, so the disk was left as it is. Your text is in the editor, unsaved.',
          path.basename(save.file),
        ),
      );
  }

  /** A notebook is read from the disk anew, so what was saved is shown beside it. */
  private async takeBackNotebook(uri: vscode.Uri, save: Overwritten): Promise<void> {
    const mine = this.parts.copies.keep(save.file);
    if (!(await putBack(save)) || mine === undefined) return;
    await vscode.commands.executeCommand('vscode.diff', uri, vscode.Uri.file(mine), vscode.l10n.t('{0} ↔ {0} (as you saved it)', path.basename(save.file)));
  }
}
