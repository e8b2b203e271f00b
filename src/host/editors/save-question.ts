import path from 'node:path';
import * as vscode from 'vscode';
import type { FileUser } from '../../core/model/files/file-use.ts';
import { userName } from '../../core/present/files/describe-users.ts';
import type { EditedFile } from './active-tab.ts';
import { compareWithDisk } from './compare-with-disk.ts';

interface Answers {
  readonly wait: (file: EditedFile) => void;
  readonly saveAnyway: (file: EditedFile) => void;
}

/** Asks what is to become of a save that meets a lock. Whatever is answered, the editor keeps what was typed. */
export class SaveQuestion {
  private readonly answers: Answers;
  private readonly open = new Set<string>();

  constructor(answers: Answers) {
    this.answers = answers;
  }

  async ask(file: EditedFile, writer: FileUser): Promise<void> {
    // Keys repeat.
    if (this.open.has(file.key)) return;
    this.open.add(file.key);
    try {
      const [wait, anyway, compare] = [vscode.l10n.t('Wait'), vscode.l10n.t('Save Anyway'), vscode.l10n.t('Compare')];
      const name = path.basename(file.file);
      const question = vscode.l10n.t('{0} is writing “{1}”. Save your changes all the same?', userName(writer), name);
      const detail = vscode.l10n.t(
        'Wait saves them when the lock has ended, unless the file has been written by then. Save Anyway replaces what is on the disk now. Your changes stay in the editor in any case.',
      );
      const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, wait, anyway, compare);
      if (answer === wait) this.answers.wait(file);
      else if (answer === anyway) this.answers.saveAnyway(file);
      else if (answer === compare) await compareWithDisk(file.uri);
    } finally {
      this.open.delete(file.key);
    }
  }
}
