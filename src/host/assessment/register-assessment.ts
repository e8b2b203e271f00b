import * as vscode from 'vscode';
import type { ScriptReport } from '../../core/assessment/report.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { bundled } from '../bundled.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import type { WindowParts } from '../window-parts.ts';
import { AssessOnSave } from './assess-on-save.ts';
import { AssessmentReportDocument } from './assessment-report-document.ts';
import { AssessmentThread, assessmentThreads } from './assessment-thread.ts';
import { FindingActions } from './finding-actions.ts';
import { FindingDiagnostics } from './finding-diagnostics.ts';
import { GradeBook } from './grade-book.ts';
import { PastRuns } from './past-runs.ts';
import { QueueGate } from './queue-gate.ts';
import { QueueNotices } from './queue-notices.ts';
import { ScriptAssessor } from './script-assessor.ts';

/** What the rest of the window needs of the assessment. */
export interface RegisteredAssessment extends vscode.Disposable {
  /** Where scripts are queued, so that their grades are heeded. */
  readonly queue: Pick<EnginePort, 'submit'>;
  gradeOf(script: string): Promise<ScriptReport | undefined>;
}

/** The assessment of scripts in this window: its thread, what shows its findings, and what makes it look. Nothing heavy is loaded before it is used. */
export function registerAssessment({ engine, settings, extension, home, clock, log, onError }: WindowParts): RegisteredAssessment {
  const thread = new AssessmentThread(assessmentThreads(bundled(extension, 'assessment-worker.cjs'), home), clock);
  const pastRuns = new PastRuns(engine, clock);
  const grades = new GradeBook(home, pastRuns);
  const assessor = new ScriptAssessor({ thread, pastRuns, settings, clock, log });
  const diagnostics = new FindingDiagnostics();
  const report = new AssessmentReportDocument();
  const told = assessor.onDidAssess((assessed) => void diagnostics.show(assessed).catch(onError));
  const notices = new QueueNotices({
    engine,
    showReport: (queued) => {
      report.set(queued);
      return report.show();
    },
    onError,
  });
  const queue = new QueueGate({
    engine,
    settings: () => settings().assessment,
    clock,
    assess: (files, signal) => assessor.assess(files.map((file) => vscode.Uri.file(file)), { cause: 'queued', signal }),
    tellWarned: (poor) => notices.warned(poor),
    tellHeld: (poor, tasks) => notices.held(poor, tasks),
    onError,
  });
  const subscriptions = vscode.Disposable.from(
    thread,
    told,
    assessor,
    diagnostics,
    report,
    FindingActions.register(diagnostics),
    new AssessOnSave(assessor, settings, onError),
    registerCommandsOnUse(
      [
        COMMANDS.assessScript,
        COMMANDS.assessFolder,
        COMMANDS.assessWorkspace,
        COMMANDS.showAssessmentReport,
        COMMANDS.saveAssessmentReport,
      ],
      async () => (await import('./assess-commands.ts')).assessCommands({ assessor, report, engine }),
      log,
    ),
  );
  return { queue, gradeOf: (script) => grades.lookUp(script), dispose: () => void subscriptions.dispose() };
}
