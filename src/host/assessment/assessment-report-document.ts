import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { reportJson } from '../../core/assessment/report-json.ts';
import type { AssessmentReport } from '../../core/assessment/report.ts';
import { assessmentPage } from '../../core/present/assessment-page.ts';
import { ASSESSMENT_SCHEME } from '../ids.ts';
import { workspaceRoots } from '../workspace-roots.ts';

/** The tab is called after it. */
const ADDRESS = vscode.Uri.from({ scheme: ASSESSMENT_SCHEME, path: '/Script Assessment.md' });

/** The latest report that somebody asked for, as a Markdown document and its preview. */
export class AssessmentReportDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private report: AssessmentReport | undefined;

  readonly onDidChange = this.changed.event;

  constructor() {
    this.registration = vscode.workspace.registerTextDocumentContentProvider(ASSESSMENT_SCHEME, this);
  }

  get current(): AssessmentReport | undefined {
    return this.report;
  }

  set(report: AssessmentReport): void {
    this.report = report;
    this.changed.fire(ADDRESS);
  }

  async show(): Promise<void> {
    await vscode.commands.executeCommand('markdown.showPreview', ADDRESS);
  }

  provideTextDocumentContent(): string {
    return this.report === undefined ? vscode.l10n.t('No script has been assessed in this window yet.') : page(this.report);
  }

  /** Asks where to, as Markdown or as JSON by the name's end. */
  async save(report: AssessmentReport): Promise<vscode.Uri | undefined> {
    const [root = ''] = workspaceRoots();
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save Assessment Report'),
      defaultUri: vscode.Uri.file(path.join(root, 'script-assessment.md')),
      filters: { Markdown: ['md'], JSON: ['json'] },
    });
    if (target !== undefined) await writeFile(target.fsPath, isJson(target) ? `${JSON.stringify(reportJson(report), null, 2)}\n` : page(report));
    return target;
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

function page(report: AssessmentReport): string {
  return assessmentPage(report, { roots: workspaceRoots(), formatTime: (at) => new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }) });
}

function isJson({ fsPath }: vscode.Uri): boolean {
  return path.extname(fsPath).toLowerCase() === '.json';
}
