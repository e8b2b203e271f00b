import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import { COMMANDS, SETTINGS } from '../ids.ts';
import { requireRoots } from '../workspace-roots.ts';
import type { CommandParts, Commands } from './command-parts.ts';
import { confirmed } from './confirmed.ts';

/** Commands about all tasks of the open folders at once. */
export function wholeQueueCommands({ engine, settings }: Pick<CommandParts, 'engine' | 'settings'>) {
  return {
    [COMMANDS.pauseQueue]: () => engine.setPaused(requireRoots(), true),
    [COMMANDS.resumeQueue]: () => engine.setPaused(requireRoots(), false),
    [COMMANDS.cancelAll]: async () => {
      const roots = requireRoots();
      const { counts } = await engine.status(roots);
      const count = counts.running + counts.waiting + counts.scheduled;
      if (count === 0) throw new UserError(vscode.l10n.t('No task runs or waits.'));
      const question =
        count === 1
          ? vscode.l10n.t('Cancel the task that runs or waits in the open folders?')
          : vscode.l10n.t('Cancel all {0} tasks that run or wait in the open folders?', count);
      if (!settings().confirm.cancelAll || (await confirmed(question, vscode.l10n.t('Cancel All'), SETTINGS.confirmCancelAll))) await engine.cancelAll(roots);
    },
    [COMMANDS.clearFinished]: async () => {
      const roots = requireRoots();
      const { counts } = await engine.status(roots);
      if (counts.finished === 0) throw new UserError(vscode.l10n.t('No task has finished.'));
      const question =
        counts.finished === 1
          ? vscode.l10n.t('Delete the finished task and its log?')
          : vscode.l10n.t('Delete all {0} finished tasks and their logs?', counts.finished);
      if (!settings().confirm.clearFinished || (await confirmed(question, vscode.l10n.t('Clear Finished'), SETTINGS.confirmClearFinished))) await engine.clearFinished(roots);
    },
  } satisfies Commands;
}
