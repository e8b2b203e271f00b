import * as vscode from 'vscode';
import type { Clock } from '../core/base/clock.ts';

/** A person who pauses for breath is still at work. */
const REST_MS = 10_000;
/** The extension host is looked at so often; when it comes so much too late, something keeps it from its work. */
const LOOK_MS = 1000;
const LAG_MS = 250;

/** Tells when somebody begins to type, or the window begins to lag, and when all is quiet again. */
export class PersonAtWork implements vscode.Disposable {
  private readonly clock: Clock;
  private readonly tell: (isAtWork: boolean) => void;
  private readonly subscriptions: readonly vscode.Disposable[];
  private cancelRest: (() => void) | undefined;
  private cancelLook: () => void = () => undefined;

  constructor(clock: Clock, tell: (isAtWork: boolean) => void) {
    this.clock = clock;
    this.tell = tell;
    const keyboard = vscode.TextEditorSelectionChangeKind.Keyboard;
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document === vscode.window.activeTextEditor?.document) this.stir();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        if (kind === keyboard) this.stir();
      }),
    ];
    this.look();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.cancelRest?.();
    this.cancelLook();
  }

  private stir(): void {
    if (this.cancelRest === undefined) this.tell(true);
    this.cancelRest?.();
    this.cancelRest = this.clock.after(REST_MS, () => {
      this.cancelRest = undefined;
      this.tell(false);
    });
  }

  private look(): void {
    const dueAt = this.clock.now() + LOOK_MS;
    this.cancelLook = this.clock.after(LOOK_MS, () => {
      if (this.clock.now() - dueAt > LAG_MS) this.stir();
      this.look();
    });
  }
}
