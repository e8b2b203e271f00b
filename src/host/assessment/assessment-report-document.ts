import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AssessmentReport } from '../../core/assessment/report.ts';
import { ASSESSMENT_SCHEME } from '../ids.ts';
import { onUse } from '../on-use.ts';
import { workspaceRoots } from '../workspace-roots.ts';

/** The tab is called after it. */
const ADDRESS = vscode.Uri.from({ scheme: ASSESSMENT_SCHEME, path: '/Script Assessment.md' });

/** The latest report that somebody asked for, as a Markdown document and its preview. */
export class AssessmentReportDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registration: vscode.Disposable;
  private readonly text = onUse(() => import('./report-text.ts'));
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

  async provideTextDocumentContent(): Promise<string> {
    if (this.report === undefined) return vscode.l10n.t('No script has been assessed in this window yet.');
    const { reportPage } = await this.text();
    return reportPage(this.report);
  }

  /** Asks where to, as Markdown or as JSON by the name's end. */
  async save(report: AssessmentReport): Promise<vscode.Uri | undefined> {
    const [root = ''] = workspaceRoots();
    const target = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save Assessment Report'),
      defaultUri: vscode.Uri.file(path.join(root, 'script-assessment.md')),
      filters: { Markdown: ['md'], JSON: ['json'] },
    });
    if (target === undefined) return undefined;
    const { reportData, reportPage } = await this.text();
    await writeFile(target.fsPath, isJson(target) ? reportData(report) : reportPage(report));
    return target;
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}

function isJson({ fsPath }: vscode.Uri): boolean {
  return path.extname(fsPath).toLowerCase() === '.json';
}
