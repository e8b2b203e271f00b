import * as vscode from 'vscode';
import type { QueueTrouble } from '../../core/care/queue-troubles.ts';
import { readSummary } from '../../core/care/read-summary.ts';
import { ResourceCare } from '../../core/care/resource-care.ts';
import { TaskCare } from '../../core/care/task-care.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { RoleWorkers } from '../../core/roles/role-workers.ts';
import type { CommandHandler } from '../commands/command-parts.ts';
import { COMMANDS, SUMMARY_SCHEME } from '../ids.ts';
import { requireRoots } from '../workspace-roots.ts';

interface CareParts {
  readonly engine: EnginePort;
  readonly workers: RoleWorkers;
  readonly reveal: (task: TaskId) => Promise<boolean>;
  readonly clock: Clock;
  /** The state folder. */
  readonly home: string;
  readonly onError: (error: unknown) => void;
}

export interface RegisteredCare extends vscode.Disposable {
  readonly commands: Readonly<Record<string, CommandHandler>>;
}

/** What the roles of task and resource management do by themselves, and the daily summary. */
export function registerCare({ engine, workers, reveal, clock, home, onError }: CareParts): RegisteredCare {
  let text = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const uri = vscode.Uri.from({ scheme: SUMMARY_SCHEME, path: '/Daily Summary.md' });
  const parts = vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SUMMARY_SCHEME, { onDidChange: changed.event, provideTextDocumentContent: () => text }),
    vscode.Disposable.from(workers.add('task_management', () => new TaskCare((troubles) => void tell(troubles, reveal).catch(onError)))),
    vscode.Disposable.from(workers.add('resource_management', () => new ResourceCare(home))),
  );
  return {
    commands: {
      [COMMANDS.showDailySummary]: async () => {
        text = await readSummary(engine, requireRoots(), clock.now());
        changed.fire(uri);
        await vscode.commands.executeCommand('markdown.showPreview', uri);
      },
    },
    dispose: () => parts.dispose() as undefined,
  };
}

/** One notice for all that were found at once. */
async function tell(troubles: readonly QueueTrouble[], reveal: CareParts['reveal']): Promise<void> {
  const [first] = troubles;
  if (first === undefined) return;
  const said = troubles.length === 1 ? vscode.l10n.t('“{0}” needs somebody: {1}.', first.name, first.why) : vscode.l10n.t('{0} tasks need somebody; “{1}”: {2}.', troubles.length, first.name, first.why);
  const show = vscode.l10n.t('Show Task');
  const all = vscode.l10n.t('Daily Summary');
  const picked = await vscode.window.showWarningMessage(said, show, ...(troubles.length > 1 ? [all] : []));
  if (picked === show) await reveal(first.task);
  else if (picked === all) await vscode.commands.executeCommand(COMMANDS.showDailySummary);
}
