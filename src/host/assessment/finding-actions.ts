import * as vscode from 'vscode';
import type { Finding } from '../../core/assessment/finding.ts';
import { silence } from '../../core/assessment/noqa.ts';
import { rangeOf, SOURCE } from './finding-diagnostics.ts';

/** Quick fixes for findings: what the rule would change, and a comment that silences it in its line. Only while the text is the one that was looked at. */
export function findingActions(document: vscode.TextDocument, findings: readonly Finding[], shown: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  return findings.flatMap((finding) => {
    const found = shown.filter((diagnostic) => diagnostic.source === SOURCE && codeOf(diagnostic) === finding.code && diagnostic.range.isEqual(rangeOf(finding.span)));
    return [fix(document, finding), disable(document, finding)].filter((action) => action !== undefined).map((action) => Object.assign(action, { diagnostics: found }));
  });
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
