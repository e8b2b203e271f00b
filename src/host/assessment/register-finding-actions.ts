import * as vscode from 'vscode';
import { onUse } from '../on-use.ts';
import type { FindingDiagnostics } from './finding-diagnostics.ts';

const PYTHON_FILES: vscode.DocumentSelector = [{ scheme: 'file', language: 'python' }, { scheme: 'file', pattern: '**/*.{py,pyw}' }];

/** Offers quick fixes where there are findings. */
export function registerFindingActions(diagnostics: FindingDiagnostics): vscode.Disposable {
  const actions = onUse(() => import('./finding-actions.ts'));
  const provider: vscode.CodeActionProvider = {
    provideCodeActions: async (document, range, context) => {
      if (context.only !== undefined && !context.only.contains(vscode.CodeActionKind.QuickFix)) return [];
      const findings = diagnostics.at(document, range);
      return findings.length === 0 ? [] : (await actions()).findingActions(document, findings, context.diagnostics);
    },
  };
  return vscode.languages.registerCodeActionsProvider(PYTHON_FILES, provider, { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
}
