import * as vscode from 'vscode';
import type { Finding } from '../../core/assessment/finding.ts';
import { silence } from '../../core/assessment/noqa.ts';
import { rangeOf, SOURCE, type FindingDiagnostics } from './finding-diagnostics.ts';

const PYTHON_FILES: vscode.DocumentSelector = [{ scheme: 'file', language: 'python' }, { scheme: 'file', pattern: '**/*.{py,pyw}' }];

/** Quick fixes: what the rule would change, and a comment that silences it in its line. Only while the text is the one that was looked at. */
export class FindingActions implements vscode.CodeActionProvider {
  private readonly diagnostics: FindingDiagnostics;

  constructor(diagnostics: FindingDiagnostics) {
    this.diagnostics = diagnostics;
  }

  static register(diagnostics: FindingDiagnostics): vscode.Disposable {
    return vscode.languages.registerCodeActionsProvider(PYTHON_FILES, new FindingActions(diagnostics), { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] });
  }

  provideCodeActions(document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] {
    if (context.only !== undefined && !context.only.contains(vscode.CodeActionKind.QuickFix)) return [];
    return this.diagnostics.at(document, range).flatMap((finding) => {
      const found = context.diagnostics.filter(
        (diagnostic) =>
          diagnostic.source === SOURCE && codeOf(diagnostic) === finding.code && diagnostic.range.isEqual(rangeOf(finding.span)),
      );
      return [fix(document, finding), disable(document, finding)].filter((action) => action !== undefined).map((action) => Object.assign(action, { diagnostics: found }));
    });
  }
}

function fix(document: vscode.TextDocument, { code, fix: found }: Finding): vscode.CodeAction | undefined {
  if (found === undefined) return undefined;
  const title = found.safety === 'unsafe' ? vscode.l10n.t('{0} ({1}, may change what the script does)', found.title, code) : vscode.l10n.t('{0} ({1})', found.title, code);
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  for (const { span, text } of found.edits) action.edit.replace(document.uri, rangeOf(span), text);
  action.isPreferred = found.safety === 'safe';
  return action;
}

function disable(document: vscode.TextDocument, { code, noqaLine }: Finding): vscode.CodeAction | undefined {
  const edit = noqaLine === undefined ? undefined : silence(noqaLine, document.lineAt(noqaLine).text, code);
  if (edit === undefined) return undefined;
  const action = new vscode.CodeAction(vscode.l10n.t('Disable {0} in This Line', code), vscode.CodeActionKind.QuickFix);
  action.edit = new vscode.WorkspaceEdit();
  action.edit.replace(document.uri, rangeOf(edit.span), edit.text);
  return action;
}

function codeOf({ code }: vscode.Diagnostic): unknown {
  return typeof code === 'object' ? code.value : code;
}
