import path from 'node:path';
import * as vscode from 'vscode';
import type { Assessment } from '../../core/assessment/assessment.ts';
import type { AssessProgress } from '../../core/assessment/assessor.ts';
import { reportOf, type AssessmentReport } from '../../core/assessment/report.ts';
import type { Clock } from '../../core/base/clock.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { Log } from '../../core/base/log.ts';
import { chosenPython } from '../queueing/python-interpreter.ts';
import type { Settings } from '../settings/settings.ts';
import { rootOf, workspaceRoots } from '../workspace-roots.ts';
import type { AssessmentThread } from './assessment-thread.ts';
import type { PastRuns } from './past-runs.ts';

/** Why scripts were assessed: somebody asked, they were saved, they were queued. */
export type AssessmentCause = 'asked' | 'saved' | 'queued';

export interface Assessed {
  readonly report: AssessmentReport;
  readonly cause: AssessmentCause;
}

export interface ScriptAssessorParts {
  readonly thread: Pick<AssessmentThread, 'assess'>;
  readonly pastRuns: PastRuns;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Log;
}

export interface AssessOptions {
  readonly cause: AssessmentCause;
  readonly onProgress?: (progress: AssessProgress) => void;
  readonly signal?: AbortSignal;
}

/** Assesses files and folders of this window with what is chosen and set here, and tells whoever shows it. */
export class ScriptAssessor implements vscode.Disposable {
  private readonly parts: ScriptAssessorParts;
  private readonly emitter = new Emitter<Assessed>();
  private readonly told = new Set<string>();

  readonly onDidAssess = this.emitter.event;

  constructor(parts: ScriptAssessorParts) {
    this.parts = parts;
  }

  async assess(targets: readonly vscode.Uri[], { cause, onProgress, signal }: AssessOptions): Promise<AssessmentReport> {
    const { thread, pastRuns, clock } = this.parts;
    const places = await this.places(targets[0]);
    const assessment = await thread.assess({ paths: targets.map(({ fsPath }) => fsPath), ...places }, onProgress, signal);
    this.tellNotes(assessment);
    const report = reportOf(assessment, await pastRuns.read(), clock.now());
    this.emitter.fire({ report, cause });
    return report;
  }

  dispose(): void {
    this.emitter.dispose();
  }

  /** Restricted Mode runs no program, and asks no other extension for one. */
  private async places(target: vscode.Uri | undefined): Promise<{ ruff?: string; python?: string; workspace: string; allowPrograms: boolean }> {
    const workspace = (target === undefined ? undefined : rootOf(target)) ?? workspaceRoots()[0] ?? (target === undefined ? '' : path.dirname(target.fsPath));
    if (!vscode.workspace.isTrusted) return { workspace, allowPrograms: false };
    const { programs } = this.parts.settings();
    const python = (target === undefined ? undefined : await chosenPython(target, this.parts.log)) ?? programs.python;
    return { workspace, allowPrograms: true, ...(programs.ruff !== undefined && { ruff: programs.ruff }), ...(python !== undefined && { python }) };
  }

  /** Once each; the report has them every time. */
  private tellNotes({ notes }: Assessment): void {
    for (const note of notes) {
      if (this.told.has(note)) continue;
      this.told.add(note);
      this.parts.log.write('warn', note);
    }
  }
}
