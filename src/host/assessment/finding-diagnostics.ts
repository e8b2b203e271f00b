import * as vscode from 'vscode';
import type { Finding, FindingKind, Span } from '../../core/assessment/finding.ts';
import { textHash } from '../../core/assessment/text-hash.ts';
import { tabResource } from '../editors/tab-resource.ts';
import type { Assessed, AssessmentCause } from './script-assessor.ts';

/** Shown behind each finding, and in a filter of the Problems view. */
export const SOURCE = 'Parallel Workflow';

/** Files whose findings are handed to VS Code at once. */
const PORTION = 100;

const SEVERITIES: Readonly<Record<FindingKind, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  performance: vscode.DiagnosticSeverity.Information,
  complexity: vscode.DiagnosticSeverity.Information,
  style: vscode.DiagnosticSeverity.Information,
};

/** Rules about what is not used, which editors fade. */
const UNUSED = new Set(['F401', 'F811', 'F841']);

interface Shown {
  /** Of the text that was looked at. */
  readonly hash: string;
  readonly findings: readonly Finding[];
  readonly cause: AssessmentCause;
}

/** Findings as VS Code's problems. Those that nobody asked for go when their file is closed. */
export class FindingDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('parallelWorkflow.assessment');
  private readonly shown = new Map<string, Shown>();
  private readonly hashes = new WeakMap<vscode.TextDocument, { readonly version: number; readonly hash: string }>();
  private readonly subscriptions: vscode.Disposable;

  constructor() {
    this.subscriptions = vscode.Disposable.from(
      this.collection,
      // A document may live on for minutes after its last tab was closed.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => closed.forEach((tab) => this.closed(tabResource(tab)))),
      vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach((uri) => this.forgetBelow(uri))),
      vscode.workspace.onDidRenameFiles(({ files }) => files.forEach(({ oldUri }) => this.forgetBelow(oldUri))),
    );
  }

  async show({ report, cause }: Assessed): Promise<void> {
    const files = [
      ...report.scripts.map(({ script }) => ({ ...script, uri: vscode.Uri.file(script.path) })),
      ...report.skipped.map(({ path }) => ({ uri: vscode.Uri.file(path), hash: '', findings: [] })),
    ];
    for (let first = 0; first < files.length; first += PORTION) {
      if (first > 0) await new Promise((resolve) => setImmediate(resolve));
      for (const { uri, hash, findings } of files.slice(first, first + PORTION)) {
        const before = this.shown.get(String(uri));
        this.shown.set(String(uri), { hash, findings, cause: before?.cause === 'asked' ? 'asked' : cause });
        this.collection.set(uri, findings.map(diagnosticOf));
      }
    }
  }

  /** Findings that touch a range of a document, whose text is still the one that was looked at. */
  at(document: vscode.TextDocument, range: vscode.Range): readonly Finding[] {
    const shown = this.shown.get(String(document.uri));
    if (shown === undefined || shown.findings.length === 0 || this.hashOf(document) !== shown.hash) return [];
    return shown.findings.filter(({ span }) => rangeOf(span).intersection(range) !== undefined);
  }

  dispose(): void {
    this.subscriptions.dispose();
    this.shown.clear();
  }

  private hashOf(document: vscode.TextDocument): string {
    const known = this.hashes.get(document);
    if (known?.version === document.version) return known.hash;
    const hash = textHash(document.getText());
    this.hashes.set(document, { version: document.version, hash });
    return hash;
  }

  private closed(uri: vscode.Uri | undefined): void {
    if (uri === undefined || this.shown.get(String(uri))?.cause === 'asked') return;
    const isOpen = vscode.window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => String(tabResource(tab)) === String(uri)));
    if (!isOpen) this.forget(uri);
  }

  private forget(uri: vscode.Uri): void {
    this.shown.delete(String(uri));
    this.collection.delete(uri);
  }

  private forgetBelow(uri: vscode.Uri): void {
    const start = String(uri);
    for (const key of [...this.shown.keys()]) if (key === start || key.startsWith(`${start}/`)) this.forget(vscode.Uri.parse(key));
  }
}

export function rangeOf({ from, to }: Span): vscode.Range {
  return new vscode.Range(from.line, from.character, to.line, to.character);
}

function diagnosticOf({ code, kind, message, span }: Finding): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(rangeOf(span), message, SEVERITIES[kind]);
  diagnostic.source = SOURCE;
  const page = rulePage(code);
  diagnostic.code = page === undefined ? code : { value: code, target: vscode.Uri.parse(page) };
  if (UNUSED.has(code)) diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
}

/** Where ruff lists its rules, by the beginning of their codes. */
const PAGES: readonly (readonly [RegExp, string])[] = [
  [/^F\d/, 'pyflakes-f'], [/^E\d/, 'error-e'], [/^W\d/, 'warning-w'], [/^B\d/, 'flake8-bugbear-b'], [/^C4/, 'flake8-comprehensions-c4'], [/^C9/, 'mccabe-c90'],
  [/^PERF/, 'perflint-perf'], [/^ASYNC/, 'flake8-async-async'], [/^PLE/, 'pylint-pl'], [/^RUF/, 'ruff-specific-rules-ruf'], [/^FURB/, 'refurb-furb'],
];

function rulePage(code: string): string | undefined {
  const part = PAGES.find(([pattern]) => pattern.test(code))?.[1];
  return part === undefined ? undefined : `https://docs.astral.sh/ruff/rules/#${part}`;
}
