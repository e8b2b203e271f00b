import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import { logLinkIn } from './terminal-text.ts';

interface LogLink extends vscode.TerminalLink {
  readonly task: number;
}

/** Makes the words “log of task #12” in a terminal open that log. */
export function registerLogLinks(): vscode.Disposable {
  return vscode.window.registerTerminalLinkProvider({
    provideTerminalLinks({ line }): LogLink[] {
      const link = logLinkIn(line);
      return link === undefined ? [] : [{ startIndex: link.start, length: link.length, tooltip: vscode.l10n.t('Open Log'), task: link.id }];
    },
    handleTerminalLink: ({ task }: LogLink) => vscode.commands.executeCommand(COMMANDS.openLog, { kind: 'task', taskId: task }).then(() => undefined),
  });
}
