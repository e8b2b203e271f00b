import * as vscode from 'vscode';
import type { Settings } from '../settings/settings.ts';
import { hasFailed } from './has-failed.ts';
import type { OpenTerminal } from './open-terminal.ts';
import type { Ending, TaskPty } from './task-pty.ts';

/** VS Code takes notice of a task's end before its terminal may go. */
const CLOSE_AFTER_MS = 1500;

/** One task's terminal, from its opening to its end. */
export class TaskTerminal {
  readonly pty: TaskPty;
  private readonly policy: () => Settings['terminals'];
  private opened: OpenTerminal | undefined;
  private wantsFocus = false;
  private ending: { readonly view: Ending } | undefined;

  constructor(pty: TaskPty, policy: () => Settings['terminals']) {
    this.pty = pty;
    this.policy = policy;
    pty.onDidEnd((view) => {
      this.ending = { view };
      this.settle();
    });
  }

  get isLive(): boolean {
    return this.ending === undefined;
  }

  /** It failed and is kept for people to read. */
  get isKept(): boolean {
    return this.ending !== undefined && !this.goes(this.ending.view);
  }

  is(terminal: vscode.Terminal): boolean {
    return this.opened?.terminal === terminal;
  }

  attach(opened: OpenTerminal): void {
    this.opened = opened;
    if (this.wantsFocus) opened.terminal.show();
    if (this.ending !== undefined) this.settle();
  }

  show(): void {
    this.wantsFocus = true;
    this.opened?.terminal.show();
  }

  closeView(): void {
    this.opened?.terminal.dispose();
  }

  private settle(): void {
    if (this.opened === undefined || this.ending === undefined || !this.goes(this.ending.view)) return;
    const { terminal, execution } = this.opened;
    if (execution === undefined) {
      terminal.dispose();
      return;
    }
    const close = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      terminal.dispose();
    };
    const timer = setTimeout(close, CLOSE_AFTER_MS);
    const subscription = vscode.tasks.onDidEndTask((event) => event.execution === execution && close());
  }

  private goes(view: Ending): boolean {
    const { closeFinished, keepFailed } = this.policy();
    return view !== undefined && hasFailed(view) ? !keepFailed : closeFinished;
  }
}
