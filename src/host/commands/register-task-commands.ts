import * as vscode from 'vscode';
import { COMMANDS } from '../ids.ts';
import { PromptDrafts } from '../queueing/prompt-drafts.ts';
import type { CommandParts } from './command-parts.ts';
import { registerCommandsOnUse } from './register-commands.ts';

/** Commands that queue tasks, order and show them, and those about the queue as a whole. */
export function registerTaskCommands(parts: CommandParts): vscode.Disposable {
  const { log } = parts;
  const drafts = new PromptDrafts();
  return vscode.Disposable.from(
    drafts,
    registerCommandsOnUse(
      [COMMANDS.runScript, COMMANDS.pickScripts, COMMANDS.queue, COMMANDS.queueWithOptions, COMMANDS.queueBatch],
      async () => (await import('./queue-commands.ts')).queueCommands(parts),
      log,
    ),
    registerCommandsOnUse(
      [
        COMMANDS.queuePrompt,
        COMMANDS.queueSelectionAsPrompt,
        COMMANDS.queuePromptWithFiles,
        COMMANDS.followUp,
        COMMANDS.retryAfresh,
      ],
      async () => (await import('./prompt-commands.ts')).promptCommands(parts, drafts),
      log,
    ),
    registerCommandsOnUse(
      [COMMANDS.cancel, COMMANDS.retry, COMMANDS.hold, COMMANDS.release, COMMANDS.changePriority],
      async () => (await import('./task-commands.ts')).taskCommands(parts),
      log,
    ),
    registerCommandsOnUse(
      [COMMANDS.openLog, COMMANDS.showTerminal, COMMANDS.revealScript, COMMANDS.copyDetails],
      async () => (await import('./look-commands.ts')).lookCommands(parts),
      log,
    ),
    registerCommandsOnUse(
      [COMMANDS.pauseQueue, COMMANDS.resumeQueue, COMMANDS.cancelAll, COMMANDS.clearFinished],
      async () => (await import('./whole-queue-commands.ts')).wholeQueueCommands(parts),
      log,
    ),
    registerCommandsOnUse(
      [COMMANDS.showTasks, COMMANDS.showEngineLog, COMMANDS.openStateFolder],
      async () => (await import('./engine-commands.ts')).engineCommands(parts),
      log,
    ),
  );
}
