import path from 'node:path';
import * as vscode from 'vscode';
import type { AssessmentReport, ScriptReport } from '../../core/assessment/report.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { describeGrade, describeReasons } from '../../core/present/assessment/describe-grade.ts';
import { SETTINGS } from '../ids.ts';
import { changeSetting } from '../settings/live-settings.ts';
import type { PoorScripts } from './queue-gate.ts';

export interface QueueNoticesParts {
  readonly engine: Pick<EnginePort, 'release'>;
  readonly showReport: (report: AssessmentReport) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Tells of queued scripts that are graded below the threshold: of each text of a script once. */
export class QueueNotices {
  private readonly parts: QueueNoticesParts;
  private readonly told = new Set<string>();

  constructor(parts: QueueNoticesParts) {
    this.parts = parts;
  }

  warned({ scripts, report }: PoorScripts): void {
    const fresh = scripts.filter(({ script }) => !this.told.has(`${script.path} ${script.hash}`));
    if (fresh.length === 0) return;
    for (const { script } of fresh) this.told.add(`${script.path} ${script.hash}`);
    const message =
      fresh.length === 1
        ? vscode.l10n.t('{0} was queued.', worded(fresh[0]!))
        : vscode.l10n.t('{0} scripts were queued that are graded below the threshold, such as {1}.', fresh.length, worded(fresh[0]!));
    const show = vscode.l10n.t('Show Report');
    const never = vscode.l10n.t("Don't Show Again");
    void vscode.window.showWarningMessage(message, show, never).then(async (answer) => {
      if (answer === show) await this.parts.showReport(report);
      else if (answer === never) await changeSetting(SETTINGS.assessmentWhenQueued, 'off');
    }).then(undefined, this.parts.onError);
  }

  held({ scripts, report }: PoorScripts, tasks: readonly TaskId[]): void {
    if (tasks.length === 0) return;
    const message =
      tasks.length === 1
        ? vscode.l10n.t('{0} was queued, and held for that. Release it to let it run.', worded(scripts[0]!))
        : vscode.l10n.t(
            '{0} tasks were queued, and held for the grades of their scripts, such as {1}. Release them to let them run.',
            tasks.length,
            worded(scripts[0]!),
          );
    const show = vscode.l10n.t('Show Report');
    const release = vscode.l10n.t('Release');
    void vscode.window.showWarningMessage(message, show, release).then(async (answer) => {
      if (answer === show) await this.parts.showReport(report);
      else if (answer === release) await this.parts.engine.release(tasks);
    }).then(undefined, this.parts.onError);
  }
}

/** Such as: “a.py”, graded E (41): 3 errors. */
function worded({ script, grade }: ScriptReport): string {
  return vscode.l10n.t('“{0}”, graded {1} ({2}),', path.basename(script.path), describeGrade(grade), describeReasons(grade));
}
