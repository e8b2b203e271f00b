import * as vscode from 'vscode';
import { CONFIG_SCHEME, SECTION } from '../ids.ts';
import { effectiveText, type EffectiveProblem, type EffectiveSetting } from './effective-text.ts';

/** The read-only document that shows the configuration in force; it follows changes while it is open. */
export function registerEffectiveDocument(inForce: () => readonly EffectiveSetting[], problems: () => readonly EffectiveProblem[], onDidChange: (listener: () => void) => { dispose(): void }): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: () => effectiveText(inForce(), problems(), SECTION, (file) => vscode.workspace.asRelativePath(file)),
  };
  const listening = onDidChange(() => {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === CONFIG_SCHEME) changed.fire(uri);
  });
  return vscode.Disposable.from(changed, new vscode.Disposable(() => listening.dispose()), vscode.workspace.registerTextDocumentContentProvider(CONFIG_SCHEME, provider));
}
