import * as vscode from 'vscode';
import type { Log } from '../../core/base/log.ts';
import type { CommandId } from '../ids.ts';
import { showError } from '../show-error.ts';
import type { CommandHandler } from './command-parts.ts';

/** Registers commands whose errors are shown, once. */
export function registerCommands(handlers: Readonly<Partial<Record<CommandId, CommandHandler>>>, log: Log): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(id, async (target?: unknown, all?: unknown) => {
      try {
        return await handler(target, all);
      } catch (error) {
        // Whoever called the command does not wait until somebody has read the message.
        void showError(error, log);
        return undefined;
      }
    }),
  );
  return vscode.Disposable.from(...registered);
}
