import * as vscode from 'vscode';
import { PROPOSED_SCHEME } from '../ids.ts';

/** Two sides of a change that is not made yet, and the tab that shows them. */
export interface ShownProposal {
  readonly before: vscode.Uri;
  readonly after: vscode.Uri;
  /** The change is made, or is not. */
  close(): Promise<void>;
}

/** Texts of files as they would be, for a diff. */
export class ProposedTexts implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registered: vscode.Disposable;
  private count = 0;

  constructor() {
    this.registered = vscode.workspace.registerTextDocumentContentProvider(PROPOSED_SCHEME, this);
  }

  /** `undefined` stands for a file that is not there. */
  show(file: string, before: string | undefined, after: string | undefined): ShownProposal {
    const query = String(++this.count);
    const [left, right] = ['before', 'after'].map((side) => vscode.Uri.file(file).with({ scheme: PROPOSED_SCHEME, query: `${query}.${side}` })) as [vscode.Uri, vscode.Uri];
    this.texts.set(left.toString(), before ?? '');
    this.texts.set(right.toString(), after ?? '');
    return {
      before: left,
      after: right,
      close: async () => {
        const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) =>
          all.filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.toString() === right.toString()),
        );
        await vscode.window.tabGroups.close(tabs);
        this.texts.delete(left.toString());
        this.texts.delete(right.toString());
      },
    };
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? '';
  }

  dispose(): void {
    this.registered.dispose();
  }
}
