import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { milestoneReport } from '../../core/milestones/milestone-report.ts';
import { MilestoneList } from '../../views/milestones/milestone-list.ts';
import type { CommandHandler } from '../commands/command-parts.ts';
import { MILESTONE_SCHEME } from '../ids.ts';
import type { LiveSettings } from '../settings/live-settings.ts';
import { milestoneCommands } from './milestone-commands.ts';
import { MilestoneWatch } from './milestone-watch.ts';

interface MilestoneParts {
  readonly engine: EnginePort;
  readonly roots: () => readonly string[];
  readonly live: LiveSettings;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}

export interface RegisteredMilestones extends vscode.Disposable {
  readonly watch: MilestoneWatch;
  readonly commands: Readonly<Record<string, CommandHandler>>;
}

/** Milestones in this window: followed, shown, and told as a report. */
export function registerMilestones({ engine, roots, live, clock, onError }: MilestoneParts): RegisteredMilestones {
  const watch = new MilestoneWatch({ engine, roots, configured: () => live.now.roles, clock, onError });
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const parts = vscode.Disposable.from(
    new MilestoneList(watch, clock, onError),
    changed,
    vscode.workspace.registerTextDocumentContentProvider(MILESTONE_SCHEME, { onDidChange: changed.event, provideTextDocumentContent: () => milestoneReport(watch.progress, vscode.l10n.t('Milestones'), clock.now()) }),
    vscode.Disposable.from(watch.onDidChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === MILESTONE_SCHEME) changed.fire(uri);
    })),
    vscode.Disposable.from(live.onDidChange(() => watch.settingsChanged())),
    new vscode.Disposable(() => watch.dispose()),
  );
  return { watch, commands: milestoneCommands(watch), dispose: () => parts.dispose() as undefined };
}
