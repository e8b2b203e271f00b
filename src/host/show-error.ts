import * as vscode from 'vscode';
import type { Log } from '../core/base/log.ts';
import { messageOf, UserError } from '../core/base/user-error.ts';
import { EngineTrouble } from './engine/engine-trouble.ts';
import { HostError, type Action } from './host-error.ts';
import { COMMANDS } from './ids.ts';

/** Tells an error once, with the ways out. One that is not written for people is a bug of ours: its details go into the log. */
export async function showError(error: unknown, log: Log): Promise<void> {
  const forPeople = error instanceof UserError;
  const message = forPeople ? error.message : vscode.l10n.t('Parallel Workflow ran into an error it did not expect: {0}', messageOf(error));
  log.write(forPeople ? 'warn' : 'error', forPeople || !(error instanceof Error) ? message : (error.stack ?? message));
  const showLog: Action = { title: vscode.l10n.t('Show Engine Log'), run: () => vscode.commands.executeCommand(COMMANDS.showEngineLog) };
  const actions = error instanceof HostError ? error.actions : forPeople && !(error instanceof EngineTrouble) ? [] : [showLog];
  const chosen = await vscode.window.showErrorMessage(message, ...actions.map(({ title }) => title));
  try {
    await actions.find(({ title }) => title === chosen)?.run();
  } catch (failure) {
    // The way out had a mishap of its own.
    await showError(failure, log);
  }
}
