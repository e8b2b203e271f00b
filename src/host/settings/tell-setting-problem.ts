import * as vscode from 'vscode';
import type { Log } from '../../core/base/log.ts';
import { SECTION } from '../ids.ts';

/** Tells a wrong setting with the way to it. */
export function tellSettingProblem(problem: string, log: Log): void {
  log.write('warn', problem);
  const open = vscode.l10n.t('Open Settings');
  void vscode.window.showWarningMessage(problem, open).then((answer) => {
    if (answer === open) void vscode.commands.executeCommand('workbench.action.openSettings', SECTION);
  });
}
