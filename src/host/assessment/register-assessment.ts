import * as vscode from 'vscode';
import type { AssessmentReport, ScriptReport } from '../../core/assessment/report.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { bundled } from '../bundled.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import { onUse } from '../on-use.ts';
import type { WindowParts } from '../window-parts.ts';
import { AssessOnSave } from './assess-on-save.ts';
import { AssessmentReportDocument } from './assessment-report-document.ts';
import { AssessmentThread, assessmentThreads } from './assessment-thread.ts';
import { FindingDiagnostics } from './finding-diagnostics.ts';
import { GradeBook } from './grade-book.ts';
import { PastRuns } from './past-runs.ts';
import { QueueGate } from './queue-gate.ts';
import { registerFindingActions } from './register-finding-actions.ts';
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
  const notices = onUse(async () => {
    const { QueueNotices } = await import('./queue-notices.ts');
    const showReport = (queued: AssessmentReport): Promise<void> => {
      report.set(queued);
      return report.show();
    };
    return new QueueNotices({ engine, showReport, onError });
  });
  const queue = new QueueGate({
    engine,
    settings: () => settings().assessment,
    clock,
    assess: (files, signal) => assessor.assess(files.map((file) => vscode.Uri.file(file)), { cause: 'queued', signal }),
    tellWarned: (poor) => void notices().then((told) => told.warned(poor)).catch(onError),
    tellHeld: (poor, tasks) => void notices().then((told) => told.held(poor, tasks)).catch(onError),
    onError,
  });
  const subscriptions = vscode.Disposable.from(
    thread,
    told,
    assessor,
    diagnostics,
    report,
    registerFindingActions(diagnostics),
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
