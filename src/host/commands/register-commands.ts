import * as vscode from 'vscode';
import type { Log } from '../../core/base/log.ts';
import type { CommandId } from '../ids.ts';
import { onUse } from '../on-use.ts';
import { showError } from '../show-error.ts';
import type { CommandHandler, Commands } from './command-parts.ts';

/** Registers commands whose errors are shown, once. */
export function registerCommands(handlers: Commands, log: Log): vscode.Disposable {
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

/** The same for commands whose code is loaded when the first of them is called. */
export function registerCommandsOnUse<Id extends CommandId>(ids: readonly Id[], load: () => Promise<Record<Id, CommandHandler>>, log: Log): vscode.Disposable {
  const handlers = onUse(load);
  const calls = ids.map((id): [Id, CommandHandler] => [id, async (target, all) => (await handlers())[id](target, all)]);
  return registerCommands(Object.fromEntries(calls), log);
}
