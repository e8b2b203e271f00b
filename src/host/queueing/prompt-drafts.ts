import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { CONTEXTS } from '../ids.ts';
import type { PromptPlan } from './prompt-plan.ts';

/** Prompts that are written in editors of their own, and what goes with each. A button above the editor queues it. */
export class PromptDrafts implements Disposable {
  private readonly drafts = new Map<string, PromptPlan>();
  private readonly subscription: Disposable;

  constructor() {
    this.subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (this.drafts.delete(String(uri))) this.tell();
    });
  }

  dispose(): void {
    this.subscription.dispose();
  }

  async open(text: string, plan: PromptPlan): Promise<void> {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: text });
    this.drafts.set(String(document.uri), plan);
    this.tell();
    const editor = await vscode.window.showTextDocument(document);
    const end = document.positionAt(text.length);
    editor.selection = new vscode.Selection(end, end);
  }

  /** The draft of that editor, or of the active one. */
  at(target: unknown): { readonly document: vscode.TextDocument; readonly plan: PromptPlan } | undefined {
    const document = target instanceof vscode.Uri ? vscode.workspace.textDocuments.find(({ uri }) => String(uri) === String(target)) : vscode.window.activeTextEditor?.document;
    const plan = document === undefined ? undefined : this.drafts.get(String(document.uri));
    return document === undefined || plan === undefined ? undefined : { document, plan };
  }

  /** It is queued: nobody has to be asked whether to keep it. */
  async close(document: vscode.TextDocument): Promise<void> {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  private tell(): void {
    void vscode.commands.executeCommand('setContext', CONTEXTS.promptDrafts, [...this.drafts.keys()].map((uri) => vscode.Uri.parse(uri).path));
  }
}
