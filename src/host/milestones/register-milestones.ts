import * as vscode from 'vscode';
import { MilestoneList } from '../../views/milestones/milestone-list.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS, MILESTONE_SCHEME } from '../ids.ts';
import type { WindowParts } from '../window-parts.ts';
import { MilestoneWatch } from './milestone-watch.ts';

export interface RegisteredMilestones extends vscode.Disposable {
  readonly watch: MilestoneWatch;
}

/** Milestones in this window: followed, shown, and told as a report. */
export function registerMilestones({ engine, roots, live, clock, log, onError }: WindowParts): RegisteredMilestones {
  const watch = new MilestoneWatch({ engine, roots, configured: (root) => live.rolesOf(root), clock, onError });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const report = async (): Promise<string> => {
    const { milestoneReport } = await import('../../core/milestones/milestone-report.ts');
    return milestoneReport(watch.progress, vscode.l10n.t('Milestones'), clock.now());
  };
  const parts = vscode.Disposable.from(
    new MilestoneList(watch, clock, onError),
    changed,
    vscode.workspace.registerTextDocumentContentProvider(MILESTONE_SCHEME, { onDidChange: changed.event, provideTextDocumentContent: report }),
    watch.onDidChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === MILESTONE_SCHEME) changed.fire(uri);
    }),
    live.onDidChange(() => watch.settingsChanged()),
    watch,
    registerCommandsOnUse(
      [COMMANDS.newMilestone, COMMANDS.editMilestones, COMMANDS.openMilestoneReport],
      async () => (await import('./milestone-commands.ts')).milestoneCommands(watch),
      log,
    ),
  );
  return { watch, dispose: () => void parts.dispose() };
}
