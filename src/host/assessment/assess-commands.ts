import path from 'node:path';
import * as vscode from 'vscode';
import type { AssessmentReport } from '../../core/assessment/report.ts';
import { isPythonFile } from '../../core/assessment/find-scripts.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { scriptOf } from '../../core/model/script-of.ts';
import { describeGrade, describeSkip } from '../../core/present/assessment/describe-grade.ts';
import type { Commands } from '../commands/command-parts.ts';
import { COMMANDS } from '../ids.ts';
import { requireRoots } from '../workspace-roots.ts';
import type { AssessmentReportDocument } from './assessment-report-document.ts';
import type { ScriptAssessor } from './script-assessor.ts';

const TOLD_MS = 6000;

export interface AssessCommandParts {
  readonly assessor: ScriptAssessor;
  readonly report: AssessmentReportDocument;
  readonly engine: Pick<EnginePort, 'views'>;
}

/** Commands that assess what they are called on, and show what was found. */
export function assessCommands({ assessor, report, engine }: AssessCommandParts) {
  const assess = async (targets: readonly vscode.Uri[], title: string, location = vscode.ProgressLocation.Notification): Promise<AssessmentReport | undefined> => {
    const found = await withProgress(title, location, (options) => assessor.assess(targets, { cause: 'asked', ...options }));
    if (found !== undefined) report.set(found);
    return found;
  };
  const assessAndShow = async (targets: readonly vscode.Uri[], title: string): Promise<void> => {
    const found = await assess(targets, title);
    if (found === undefined) return;
    if (found.scripts.length + found.skipped.length === 0)
      throw new UserError(
        vscode.l10n.t('There are no Python scripts in “{0}”.', targets.map(({ fsPath }) => path.basename(fsPath)).join(', ')),
      );
    tell(found);
    await report.show();
  };
  const assessWorkspace = (): Promise<void> => assessAndShow(requireRoots().map((root) => vscode.Uri.file(root)), vscode.l10n.t('Assessing the workspace'));

  return {
    [COMMANDS.assessScript]: async (target, all) => {
      const scripts = await scriptsFor(target, all, engine);
      await saveAll(scripts);
      const title = scripts.length === 1 ? vscode.l10n.t('Assessing {0}', path.basename(scripts[0]!.fsPath)) : vscode.l10n.t('Assessing {0} scripts', scripts.length);
      const found = await assess(scripts, title, vscode.ProgressLocation.Window);
      if (found === undefined) return;
      tell(found);
      if (scripts.length > 1 || !isOpen(scripts[0]!)) await report.show();
    },
    [COMMANDS.assessFolder]: async (target, all) => {
      const folders = (Array.isArray(all) && all.length > 0 ? all : [target]).filter((each): each is vscode.Uri => each instanceof vscode.Uri);
      const chosen = folders.length > 0 ? folders : await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, openLabel: vscode.l10n.t('Assess') });
      if (chosen !== undefined) await assessAndShow(chosen, vscode.l10n.t('Assessing {0}', path.basename(chosen[0]!.fsPath)));
    },
    [COMMANDS.assessWorkspace]: assessWorkspace,
    [COMMANDS.showAssessmentReport]: () => (report.current === undefined ? assessWorkspace() : report.show()),
    [COMMANDS.saveAssessmentReport]: async () => {
      const current = report.current ?? (await assess(requireRoots().map((root) => vscode.Uri.file(root)), vscode.l10n.t('Assessing the workspace')));
      const saved = current === undefined ? undefined : await report.save(current);
      if (saved !== undefined) await vscode.window.showTextDocument(saved);
    },
  } satisfies Commands;
}

/** Resolves with nothing when it is cancelled. */
async function withProgress(
  title: string,
  location: vscode.ProgressLocation,
  act: (options: { onProgress: (progress: { done: number; total: number }) => void; signal: AbortSignal }) => Promise<AssessmentReport>,
): Promise<AssessmentReport | undefined> {
  const control = new AbortController();
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    token.onCancellationRequested(() => control.abort());
    try {
      return await act({
        signal: control.signal,
        onProgress: ({ done, total }) => progress.report({ message: vscode.l10n.t('{0} of {1}', done, total) }),
      });
    } catch (error) {
      if (control.signal.aborted) return undefined;
      throw error;
    }
  });
}

/** The scripts a command was called on: files, rows of tasks; else the one in the editor. */
async function scriptsFor(target: unknown, all: unknown, engine: Pick<EnginePort, 'views'>): Promise<readonly vscode.Uri[]> {
  const called = Array.isArray(all) && all.length > 0 ? (all as unknown[]) : target === undefined ? [] : [target];
  const ids = called.flatMap((each) => (isTaskRow(each) ? [each.taskId] : []));
  const ofTasks = ids.length === 0 ? [] : (await engine.views(ids)).flatMap(({ task }) => scriptOf(task.spec.work) ?? []).map((file) => vscode.Uri.file(file));
  const files = [...called.filter((each): each is vscode.Uri => each instanceof vscode.Uri), ...ofTasks];
  if (called.length === 0) {
    const active = vscode.window.activeTextEditor?.document.uri;
    if (active?.scheme === 'file' && isPythonFile(active.fsPath)) return [active];
    throw new UserError(vscode.l10n.t('No Python script is open. Open one, or choose “Assess Script” on a file in the Explorer.'));
  }
  const scripts = files.filter(({ scheme, fsPath }) => scheme === 'file' && isPythonFile(fsPath));
  if (scripts.length > 0) return scripts;
  const name = files[0] === undefined ? '' : path.basename(files[0].fsPath);
  throw new UserError(name === '' ? vscode.l10n.t('This task runs no Python script.') : vscode.l10n.t('“{0}” is no Python script; others are not assessed.', name));
}

function isTaskRow(value: unknown): value is { readonly taskId: TaskId } {
  return typeof value === 'object' && value !== null && 'kind' in value && 'taskId' in value && typeof value.taskId === 'number';
}

/** What is on the disk is assessed: it is what would run. */
async function saveAll(scripts: readonly vscode.Uri[]): Promise<void> {
  const wanted = new Set(scripts.map(String));
  for (const document of vscode.workspace.textDocuments) {
    if (document.isDirty && wanted.has(String(document.uri))) await document.save();
  }
}

function isOpen(script: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some(({ document }) => String(document.uri) === String(script));
}

function tell({ scripts, skipped, total }: AssessmentReport): void {
  const [only] = skipped;
  if (scripts.length === 0 && only !== undefined) throw new UserError(vscode.l10n.t('“{0}” was not assessed: {1}.', path.basename(only.path), describeSkip(only)));
  if (total === undefined) return;
  const message =
    scripts.length === 1
      ? vscode.l10n.t('{0}: grade {1}', path.basename(scripts[0]!.script.path), describeGrade(scripts[0]!.grade))
      : vscode.l10n.t('{0} scripts: grade {1}', scripts.length, describeGrade(total));
  vscode.window.setStatusBarMessage(`$(mortar-board) ${message}`, TOLD_MS);
}
