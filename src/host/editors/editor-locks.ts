import path from 'node:path';
import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import type { FileUser } from '../../core/model/files/file-use.ts';
import { userName } from '../../core/present/files/describe-users.ts';
import { CONTEXTS } from '../ids.ts';
import type { LockWatch } from '../locks/lock-watch.ts';
import type { EditorLocking } from '../settings/settings.ts';
import { activeTab, editedFile, type EditedFile } from './active-tab.ts';
import type { AgentEdits } from './agent-edits.ts';
import { compareWithDisk } from './compare-with-disk.ts';
import type { DiskCopies } from './disk-copies.ts';
import { DiskStamps, type StampMemory } from './disk-stamps.ts';
import { OncePerLock } from './once-per-lock.ts';
import { ReadOnlyEditors, type StateMemory } from './read-only-editors.ts';
import { saveDocument } from './save-document.ts';
import { SaveGuard } from './save-guard.ts';
import { SaveQuestion } from './save-question.ts';
import type { UnsavedDocuments } from './unsaved-documents.ts';
import { WaitingSaves } from './waiting-saves.ts';

interface Parts {
  readonly locks: Pick<LockWatch, 'writerOf' | 'onDidChange'>;
  readonly unsaved: UnsavedDocuments;
  readonly mode: () => EditorLocking;
  readonly copies: DiskCopies;
  readonly edits: AgentEdits;
  readonly stampMemory: StampMemory;
  readonly readOnlyMemory: StateMemory;
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps the editors of this window and what writes their files out of each other's way: what somebody writes is
 * read-only here, and a save that meets a lock asks.
 */
export class EditorLocks implements Disposable {
  private readonly parts: Parts;
  private readonly subscription: Disposable;
  private readonly stamps: DiskStamps;
  private readonly readOnly: ReadOnlyEditors<EditedFile>;
  private readonly saves: WaitingSaves<EditedFile>;
  private readonly question: SaveQuestion;
  private readonly guard: SaveGuard;
  private readonly clashes = new OncePerLock();
  private readonly overwrites = new OncePerLock();
  private isActiveLocked = false;

  constructor(parts: Parts) {
    const { locks, unsaved, onError } = parts;
    this.parts = parts;
    this.stamps = new DiskStamps(parts.stampMemory);
    this.readOnly = new ReadOnlyEditors(activeTab, ({ file }) => this.writerOf(file) !== undefined, parts.readOnlyMemory, onError);
    this.saves = new WaitingSaves<EditedFile>({
      isLocked: (file) => this.writerOf(file) !== undefined,
      isUnsaved: (file) => unsaved.of(file) !== undefined,
      isUnchanged: (file) => this.stamps.isUnchanged(file),
      save: (file) => this.saveNow(file),
      tell: (file) => void tellOverwritten(file).catch(onError),
      onError,
    });
    this.question = new SaveQuestion({ wait: (file) => this.saves.add(file), saveAnyway: (file) => void this.saveNow(file).catch(onError) });
    this.guard = new SaveGuard({
      writerOf: (file) => this.writerOf(file),
      copies: parts.copies,
      whileWritable: (file, act) => this.readOnly.whileWritable(file, act),
      restored: (file) => this.stamps.accept(file),
      onError,
    });
    const { tabGroups } = vscode.window;
    const review = (): void => this.review();
    this.subscription = vscode.Disposable.from(
      this.guard,
      locks.onDidChange(review),
      unsaved.onDidChange(review),
      parts.edits.onDidEnd(review),
      tabGroups.onDidChangeTabs(review),
      tabGroups.onDidChangeTabGroups(review),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => this.warnOfSave(uri)),
      vscode.workspace.onDidSaveNotebookDocument(({ uri }) => this.warnOfSave(uri)),
    );
    this.review();
  }

  /** Whom the editors of this window make way for. */
  writerOf(file: string): FileUser | undefined {
    return this.parts.mode() === 'enforce' && !this.parts.edits.has(file) ? this.parts.locks.writerOf(file) : undefined;
  }

  /** To be called when the setting has changed. */
  review(): void {
    const { unsaved, mode } = this.parts;
    this.stamps.note(unsaved.files);
    if (mode() !== 'off') for (const file of unsaved.files) this.tellClash(file);
    void this.readOnly.review();
    this.saves.review();
    const active = activeTab.resource;
    const isLocked = active !== undefined && this.writerOf(active.file) !== undefined;
    if (isLocked === this.isActiveLocked) return;
    this.isActiveLocked = isLocked;
    void vscode.commands.executeCommand('setContext', CONTEXTS.activeFileLocked, isLocked);
  }

  /** Saves the file of the active editor, and with `others` all that is unsaved; where somebody writes that file, a person is asked. */
  async saveActive(others: boolean): Promise<void> {
    if (others) await vscode.commands.executeCommand('workbench.action.files.saveAll');
    const file = activeTab.resource;
    const writer = file === undefined ? undefined : this.writerOf(file.file);
    if (file === undefined || writer === undefined) await vscode.commands.executeCommand('workbench.action.files.save');
    else if (this.parts.unsaved.of(file.file) !== undefined) await this.question.ask(file, writer);
    else vscode.window.setStatusBarMessage(`$(lock) ${vscode.l10n.t('{0} is writing “{1}”', userName(writer), path.basename(file.file))}`, 5000);
  }

  /**
   * Does an agent's edit of a file through its editor, for which the agent has the file: it makes nothing read-only, and its
   * save is no person's. Told whether the editor takes it; one in the background may have been made read-only before.
   */
  whileEdited<R>(uri: vscode.Uri, act: (isWritable: boolean) => Promise<R>): Promise<R> {
    const file = editedFile(uri);
    return this.parts.edits.during(file.file, () =>
      this.guard.allowing(file.file, async () => {
        await this.readOnly.review();
        return act(!this.readOnly.isReadOnly(file));
      }),
    );
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private saveNow(file: EditedFile): Promise<void> {
    return this.readOnly.whileWritable(file, () =>
      this.guard.allowing(file.file, async () => {
        // Where the disk has changed, VS Code itself asks what to do; its answers need a writable editor.
        if (!(await saveDocument(file.uri))) await this.untilSaved(file.file);
      }),
    );
  }

  /** Resolves when the file has no unsaved changes, or nobody writes it any more. */
  private async untilSaved(file: string): Promise<void> {
    const { locks, unsaved } = this.parts;
    const isOver = (): boolean => unsaved.of(file) === undefined || this.writerOf(file) === undefined;
    while (!isOver()) {
      await new Promise<void>((resolve) => {
        const heard = [locks.onDidChange, unsaved.onDidChange].map((event) =>
          event(() => {
            for (const one of heard) one.dispose();
            resolve();
          }),
        );
      });
    }
  }

  private tellClash(file: string): void {
    const writer = this.parts.edits.has(file) ? undefined : this.parts.locks.writerOf(file);
    const uri = this.parts.unsaved.of(file);
    if (writer === undefined || uri === undefined || this.saves.has(file) || !this.clashes.isNew(file, writer)) return;
    const [wait, compare] = [vscode.l10n.t('Save When Free'), vscode.l10n.t('Compare')];
    const offers = this.parts.mode() === 'enforce' ? [wait, compare] : [compare];
    void vscode.window
      .showWarningMessage(
        vscode.l10n.t('{0} is writing “{1}”, which has unsaved changes here.', userName(writer), path.basename(file)),
        ...offers,
      )
      .then((answer) => {
        if (answer === wait) this.saves.add(editedFile(uri));
        return answer === compare ? compareWithDisk(uri) : undefined;
      }, this.parts.onError);
  }

  private warnOfSave(uri: vscode.Uri): void {
    const writer = this.parts.mode() === 'warn' && !this.parts.edits.has(uri.fsPath) ? this.parts.locks.writerOf(uri.fsPath) : undefined;
    if (writer === undefined || !this.overwrites.isNew(uri.fsPath, writer)) return;
    void vscode.window.showWarningMessage(vscode.l10n.t('“{0}” was saved while {1} is writing it.', path.basename(uri.fsPath), userName(writer)));
  }
}

async function tellOverwritten({ file, uri }: EditedFile): Promise<void> {
  const compare = vscode.l10n.t('Compare');
  const text = vscode.l10n.t('“{0}” was written while your save waited. Your changes are kept in the editor, unsaved.', path.basename(file));
  if ((await vscode.window.showWarningMessage(text, compare)) === compare) await compareWithDisk(uri);
}
