import * as vscode from 'vscode';
import type { Applied, TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { worthRetrying } from '../../core/present/tasks/worth-retrying.ts';
import { COMMANDS } from '../ids.ts';
import { BACK } from '../queueing/steps.ts';
import { askForPriority } from '../queueing/task-options.ts';
import { requireTrust } from '../workspace-roots.ts';
import type { CommandHandler, CommandParts, Commands } from './command-parts.ts';
import { complain } from './complain.ts';
import { targetTasks, type Wanted } from './target-tasks.ts';

/** Commands that give orders about tasks. */
export function taskCommands(parts: CommandParts) {
  const { engine } = parts;

  const order =
    (wanted: Wanted, apply: (ids: readonly TaskId[], views: readonly TaskView[]) => Promise<Applied | undefined>): CommandHandler =>
    async (target, all) => {
      const views = await targetTasks(parts, wanted, target, all);
      if (views === undefined) return;
      const applied = await apply(views.map(({ task }) => task.id), views);
      if (applied !== undefined) complain(applied, views);
    };

  return {
    [COMMANDS.cancel]: order(CANCEL, (ids) => engine.cancel(ids)),
    [COMMANDS.retry]: order(RETRY, (ids) => {
      requireTrust();
      return engine.retry(ids);
    }),
    [COMMANDS.hold]: order(HOLD, (ids) => engine.hold(ids)),
    [COMMANDS.release]: order(RELEASE, (ids) => engine.release(ids)),
    [COMMANDS.changePriority]: order(PRIORITY, async (ids, views) => {
      const title = ids.length === 1 ? vscode.l10n.t('Priority of {0}', views[0]!.task.spec.name) : vscode.l10n.t('Priority of {0} Tasks', ids.length);
      const priority = await askForPriority(views[0]!.task.spec.priority, { title, step: 1, totalSteps: 1 });
      return priority === undefined || priority === BACK ? undefined : engine.setPriority(ids, priority);
    }),
  } satisfies Commands;
}

const CANCEL: Wanted = {
  words: ['cancelable'],
  groups: ['running', 'waiting', 'scheduled'],
  title: vscode.l10n.t('Cancel'),
  none: vscode.l10n.t('No task runs or waits.'),
  many: true,
};
const RETRY: Wanted = {
  words: ['retryable'],
  groups: ['finished'],
  title: vscode.l10n.t('Retry'),
  none: vscode.l10n.t('No task has finished.'),
  many: true,
  inBatch: worthRetrying,
};
const HOLD: Wanted = { words: ['holdable'], groups: ['waiting', 'scheduled'], title: vscode.l10n.t('Hold'), none: vscode.l10n.t('No task waits that could be held.'), many: true };
const RELEASE: Wanted = { words: ['releasable'], groups: ['waiting', 'scheduled'], title: vscode.l10n.t('Release'), none: vscode.l10n.t('No task is held.'), many: true };
const PRIORITY: Wanted = {
  words: ['holdable', 'releasable'],
  groups: ['waiting', 'scheduled'],
  title: vscode.l10n.t('Change Priority'),
  none: vscode.l10n.t('No task waits.'),
  many: true,
};
