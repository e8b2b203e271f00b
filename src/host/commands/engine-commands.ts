import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import { showError } from '../show-error.ts';
import type { CommandParts, Commands } from './command-parts.ts';

/** Commands about the engine itself. */
export function engineCommands({ channel, tree, home, log }: Pick<CommandParts, 'channel' | 'tree' | 'home' | 'log'>) {
  return {
    [COMMANDS.showTasks]: () => tree.reveal(),
    [COMMANDS.showEngineLog]: () => channel.show(),
    [COMMANDS.openStateFolder]: async () => {
      const folder = vscode.Uri.file(home);
      await vscode.workspace.fs.createDirectory(folder);
      if (vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
        await vscode.commands.executeCommand('revealFileInOS', folder);
        return;
      }
      offer(home, folder).catch((error: unknown) => showError(error, log));
    },
  } satisfies Commands;
}

/** The folder lies on another machine than the desktop. */
async function offer(home: string, folder: vscode.Uri): Promise<void> {
  const open = vscode.l10n.t('Open in New Window');
  const copy = vscode.l10n.t('Copy Path');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('The queue, the logs and the runs are kept in {0}', home), open, copy);
  if (answer === open) await vscode.commands.executeCommand('vscode.openFolder', folder, { forceNewWindow: true });
  if (answer === copy) await vscode.env.clipboard.writeText(home);
}
