import * as vscode from 'vscode';
import type { TaskView } from '../../core/engine/engine-port.ts';
import { scriptOf } from '../../core/model/script-of.ts';
import { taskDetails } from '../../core/present/tasks/task-details.ts';
import { COMMANDS } from '../ids.ts';
import type { CommandHandler, CommandParts, Commands } from './command-parts.ts';
import { calledOnRun, targetTasks, type Wanted } from './target-tasks.ts';

/** Commands that show something of a task. */
export function lookCommands(parts: CommandParts) {
  const { engine, terminals, interactive, logs, clock } = parts;

  const look =
    (wanted: Wanted, show: (views: readonly TaskView[], target: unknown) => unknown): CommandHandler =>
    async (target, all) => {
      const views = await targetTasks(parts, wanted, target, all);
      if (views !== undefined) await show(views, target);
    };

  const openLog = ([view]: readonly TaskView[], target?: unknown): Promise<void> => logs.show({ task: view!.task.id, run: calledOnRun(target) }, view!.task.spec.name);

  return {
    [COMMANDS.openLog]: look(LOG, openLog),
    [COMMANDS.showTerminal]: look(TERMINAL, (views) => {
      const [view] = views;
      // A finished task may still have its terminal; if not, its log says the same.
      if (!interactive.show(view!.task.id) && !terminals.show(view!)) return openLog(views);
      return undefined;
    }),
    [COMMANDS.revealScript]: look(SCRIPT, async ([view]) => {
      await vscode.window.showTextDocument(vscode.Uri.file(scriptOf(view!.task.spec.work)!), { preview: true });
    }),
    [COMMANDS.copyDetails]: look(DETAILS, async (views) => {
      const details = await Promise.all(views.map(({ task }) => engine.detail(task.id)));
      const text = details.flatMap((detail) => (detail === undefined ? [] : [taskDetails(detail, clock.now())])).join('\n');
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(
        `$(copy) ${views.length === 1 ? vscode.l10n.t('Copied the details of task #{0}', views[0]!.task.id) : vscode.l10n.t('Copied the details of {0} tasks', views.length)}`,
        4000,
      );
    }),
  } satisfies Commands;
}

const ALL = ['running', 'waiting', 'scheduled', 'finished'] as const;
const LOG: Wanted = {
  words: ['hasLog'],
  groups: ['running', 'finished', 'waiting', 'scheduled'],
  title: vscode.l10n.t('Open Log'),
  none: vscode.l10n.t('No task has run yet, so there is no log.'),
  many: false,
};
const TERMINAL: Wanted = {
  words: ['hasTerminal', 'hasLog'],
  groups: ['running', 'finished'],
  title: vscode.l10n.t('Show Terminal'),
  none: vscode.l10n.t('No task has run yet, so there is no terminal.'),
  many: false,
};
const SCRIPT: Wanted = { words: ['hasScript'], groups: ALL, title: vscode.l10n.t('Reveal Script'), none: vscode.l10n.t('There is no task that runs a script.'), many: false };
const DETAILS: Wanted = { words: [], groups: ALL, title: vscode.l10n.t('Copy Details'), none: vscode.l10n.t('There is no task.'), many: true };
