import * as vscode from 'vscode';
import { registerCommands } from '../../host/commands/register-commands.ts';
import { COMMANDS } from '../../host/ids.ts';
import { showError } from '../../host/show-error.ts';
import type { WindowParts } from '../../host/window-parts.ts';
import { Dashboard } from './dashboard.ts';

/** The dashboard in this window; what goes wrong in a page is shown. */
export function registerDashboard(parts: WindowParts): vscode.Disposable {
  const { live, log } = parts;
  const dashboard = new Dashboard({
    ...parts,
    thresholds: () => live.now.machine.thresholds,
    onError: (error) => void showError(error, log),
  });
  return vscode.Disposable.from(dashboard, registerCommands({ [COMMANDS.openDashboard]: () => dashboard.open() }, log));
}
