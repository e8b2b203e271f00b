import * as vscode from 'vscode';
import type { QueueTrouble } from '../../core/care/queue-troubles.ts';
import { ResourceCare } from '../../core/care/resource-care.ts';
import { TaskCare } from '../../core/care/task-care.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { RoleWorkers } from '../../core/roles/role-workers.ts';
import type { CommandParts } from '../commands/command-parts.ts';
import { registerCommands } from '../commands/register-commands.ts';
import { COMMANDS, SUMMARY_SCHEME } from '../ids.ts';
import type { WindowParts } from '../window-parts.ts';
import { requireRoots } from '../workspace-roots.ts';

interface CareParts extends WindowParts, Pick<CommandParts, 'tree'> {
  readonly workers: RoleWorkers;
}

/** What the roles of task and resource management do by themselves, and the daily summary. */
export function registerCare({ engine, roots, workers, tree, clock, home, log, onError }: CareParts): vscode.Disposable {
  let text: string | undefined;
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const uri = vscode.Uri.from({ scheme: SUMMARY_SCHEME, path: '/Daily Summary.md' });
  const read = async (of: readonly string[]): Promise<string> => {
    const { readSummary } = await import('../../core/care/read-summary.ts');
    return (text = await readSummary(engine, of, clock.now()));
  };
  const showSummary = async (): Promise<void> => {
    await read(requireRoots());
    changed.fire(uri);
    await vscode.commands.executeCommand('markdown.showPreview', uri);
  };
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(SUMMARY_SCHEME, { onDidChange: changed.event, provideTextDocumentContent: () => text ?? (roots().length === 0 ? '' : read(roots())) }),
    workers.add('task_management', () => new TaskCare((troubles) => void tell(troubles, (task) => tree.reveal(task)).catch(onError))),
    workers.add('resource_management', () => new ResourceCare(home)),
    registerCommands({ [COMMANDS.showDailySummary]: showSummary }, log),
  );
}

/** One notice for all that were found at once. */
async function tell(troubles: readonly QueueTrouble[], reveal: (task: TaskId) => Promise<boolean>): Promise<void> {
  const [first] = troubles;
  if (first === undefined) return;
  const said =
    troubles.length === 1
      ? vscode.l10n.t('“{0}” needs somebody: {1}.', first.name, first.why)
      : vscode.l10n.t('{0} tasks need somebody; “{1}”: {2}.', troubles.length, first.name, first.why);
  const show = vscode.l10n.t('Show Task');
  const all = vscode.l10n.t('Daily Summary');
  const picked = await vscode.window.showWarningMessage(said, show, ...(troubles.length > 1 ? [all] : []));
  if (picked === show) await reveal(first.task);
  else if (picked === all) await vscode.commands.executeCommand(COMMANDS.showDailySummary);
}
