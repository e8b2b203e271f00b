import * as vscode from 'vscode';

/** What a person answers to a message or a list: the words of a button, the label of a row, or nothing. */
type Answer = string | undefined;

/** Stands in for the person before VS Code's messages, lists and dialogs, and keeps what was shown. */
export class Person {
  /** Messages with their buttons, as they were shown. */
  readonly told: (readonly string[])[] = [];
  /** Lists, by their rows, as they were shown. */
  readonly lists: (readonly vscode.QuickPickItem[])[] = [];
  private readonly answers: Answer[];
  private readonly window = vscode.window as { -readonly [K in keyof typeof vscode.window]: unknown };
  private readonly before = { error: vscode.window.showErrorMessage, pick: vscode.window.showQuickPick, open: vscode.window.showOpenDialog };

  /** `answers` are given one after another; `files` are chosen in each dialog. */
  constructor(answers: readonly Answer[] = [], files?: readonly vscode.Uri[]) {
    this.answers = [...answers];
    this.window.showErrorMessage = (message: string, ...buttons: readonly string[]) => {
      this.told.push([message, ...buttons]);
      return Promise.resolve(this.answers.shift());
    };
    this.window.showQuickPick = async (rows: readonly vscode.QuickPickItem[] | Thenable<readonly vscode.QuickPickItem[]>) => {
      const shown = await rows;
      this.lists.push(shown);
      const answer = this.answers.shift();
      return shown.find(({ label, description }) => label === answer || description === answer);
    };
    this.window.showOpenDialog = () => Promise.resolve(files);
  }

  leave(): void {
    this.window.showErrorMessage = this.before.error;
    this.window.showQuickPick = this.before.pick;
    this.window.showOpenDialog = this.before.open;
  }
}
