import path from 'node:path';
import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { FileUser } from '../../core/model/files/file-use.ts';
import { unclaimedWrites } from '../../core/present/tasks/describe-run-files.ts';
import { userName } from '../../core/present/files/describe-users.ts';
import { oneLine } from '../../core/present/format/one-line.ts';
import { timeOfDay } from '../../core/present/format/time-of-day.ts';
import type { CommandParts, Commands } from '../commands/command-parts.ts';
import { targetTasks, type Wanted } from '../commands/target-tasks.ts';
import { COMMANDS } from '../ids.ts';
import type { AwaitedFiles } from './awaited-files.ts';
import type { LockWatch } from './lock-watch.ts';
import { targetFile, targetHolder, type Held, type WantedHolder } from './target-use.ts';

export type LockCommandParts = Pick<CommandParts, 'engine' | 'tree' | 'clock'> & { readonly locks: LockWatch; readonly awaited: AwaitedFiles };

/** Commands about files that somebody holds. */
export function lockCommands(parts: LockCommandParts) {
  const { locks, awaited } = parts;

  return {
    [COMMANDS.showHolder]: async (target) => {
      const held = await targetHolder(locks, HOLDER, target);
      if (held !== undefined) await showHolder(held, parts);
    },
    [COMMANDS.notifyWhenFree]: async (target) => {
      const found = await targetFile(locks, OTHERS, target);
      if (found === undefined) return;
      if (!found.uses.some(({ holders }) => holders.some(OTHERS.fits))) throw new UserError(vscode.l10n.t('{0} is free.', base(found.file)));
      awaited.add(found.file);
      said(`$(bell) ${vscode.l10n.t('You will be told when {0} is free', base(found.file))}`);
    },
    [COMMANDS.cancelNotifyWhenFree]: async (target) => {
      const file = (target === undefined ? undefined : (await targetFile(locks, OTHERS, target))?.file) ?? (await pickAwaited(awaited.all));
      if (file !== undefined) awaited.delete(file);
    },
    [COMMANDS.releaseLock]: async (target) => {
      const held = await targetHolder(locks, LOCK, target);
      if (held !== undefined) await releaseLock(held, parts);
    },
    [COMMANDS.copyFilePath]: async (target) => {
      const found = await targetFile(locks, HOLDER, target);
      if (found !== undefined) await vscode.env.clipboard.writeText(found.file);
    },
    [COMMANDS.claimNextTime]: (target, all) => claimNextTime(parts, target, all),
  } satisfies Commands;
}

const HOLDER: WantedHolder = { fits: () => true, title: vscode.l10n.t('Show Holder'), none: vscode.l10n.t('Nobody holds it.') };
const OTHERS: WantedHolder = { fits: ({ own }) => !own, byName: true, title: vscode.l10n.t('Notify Me When Free'), none: vscode.l10n.t('Nobody else holds it.') };
const LOCK: WantedHolder = { fits: ({ holder }) => holder.type !== 'editor', title: vscode.l10n.t('Release Lock'), none: vscode.l10n.t('No task or program holds it.') };
const UNDECLARED: Wanted = {
  words: ['claimable'],
  groups: ['running', 'finished', 'waiting', 'scheduled'],
  title: vscode.l10n.t('Claim It Next Time'),
  none: vscode.l10n.t('No task wrote a file without a claim.'),
  many: true,
};

async function showHolder({ file, use, user }: Held, { tree, clock }: LockCommandParts): Promise<void> {
  const { holder, own } = user;
  if (holder.type === 'task' && (await tree.reveal(holder.id))) return;
  if (own) {
    await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(file));
    return;
  }
  const notify = vscode.l10n.t('Notify Me When Free');
  const since = timeOfDay(user.since, clock.now(), vscode.env.language);
  const actions = holder.type === 'task' ? [vscode.l10n.t('Open Log'), notify] : [notify];
  const answer = await vscode.window.showInformationMessage(whoText(user, use.holders.includes(user), base(file), since), ...actions);
  if (answer === undefined) return;
  if (answer === notify) await vscode.commands.executeCommand(COMMANDS.notifyWhenFree, vscode.Uri.file(file));
  else if (holder.type === 'task') await vscode.commands.executeCommand(COMMANDS.openLog, { kind: 'task', taskId: holder.id });
}

function whoText(user: FileUser, holds: boolean, name: string, since: string): string {
  if (user.holder.type === 'editor') return vscode.l10n.t('{0} has had unsaved changes in another window since {1}.', name, since);
  const who = oneLine(userName(user, 60));
  if (!holds) return vscode.l10n.t('{0} has been waiting for {1} since {2}.', who, name, since);
  return user.mode === 'write' ? vscode.l10n.t('{0} has held {1} since {2}.', who, name, since) : vscode.l10n.t('{0} has been reading {1} since {2}.', who, name, since);
}

async function releaseLock({ use, user }: Held, { engine }: LockCommandParts): Promise<void> {
  const yes = vscode.l10n.t('Release Lock');
  const who = oneLine(userName(user, 60));
  const detail = vscode.l10n.t('It goes on without the lock. Others may then work on the file at the same time, and what one writes may be lost to the other.');
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t('Release the lock of {0} on {1}?', who, base(use.path)), { modal: true, detail }, yes);
  if (answer !== yes) return;
  if (!(await engine.breakLock(user.holder, use.path))) throw new UserError(vscode.l10n.t('{0} had let go of {1} already.', who, base(use.path)));
}

async function claimNextTime(parts: LockCommandParts, target: unknown, all: unknown): Promise<void> {
  const views = await targetTasks(parts, UNDECLARED, target, all);
  if (views === undefined) return;
  const wanted = wantedPaths(target, all);
  const claimed = views
    .map((view) => ({ view, files: unclaimedWrites(view).filter(({ path: file }) => wanted === undefined || wanted.has(file)) }))
    .filter(({ files }) => files.length > 0);
  for (const { view, files } of claimed) {
    const { refused } = await parts.engine.claimNextTime(view.task.id, files.map(({ path: file }) => ({ path: file, mode: 'write' })));
    if (refused[0] !== undefined) throw new UserError(vscode.l10n.t('“{0}”: {1}', oneLine(view.task.spec.name), refused[0].why));
  }
  const [first] = claimed;
  if (first === undefined) return;
  const what = first.files.length === 1 ? base(first.files[0]!.path) : vscode.l10n.t('{0} files', first.files.length);
  said(
    `$(lock) ${claimed.length === 1 ? vscode.l10n.t('“{0}” claims {1} from its next run on', oneLine(first.view.task.spec.name), what) : vscode.l10n.t('{0} tasks claim what they wrote from their next runs on', claimed.length)}`,
  );
}

/** The files of the rows that the command was called on; `undefined` for all that the tasks wrote. */
function wantedPaths(target: unknown, all: unknown): ReadonlySet<string> | undefined {
  const rows = Array.isArray(all) && all.length > 0 ? (all as unknown[]) : [target];
  const paths = rows.flatMap((row) => (typeof row === 'object' && row !== null && 'paths' in row && Array.isArray(row.paths) ? (row.paths as string[]) : []));
  return paths.length === 0 ? undefined : new Set(paths);
}

async function pickAwaited(files: readonly string[]): Promise<string | undefined> {
  if (files.length === 0) throw new UserError(vscode.l10n.t('No notification was asked for.'));
  if (files.length === 1) return files[0];
  const items = files.map((file) => ({ label: base(file), description: vscode.workspace.asRelativePath(file), file }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Cancel Notification When Free') }))?.file;
}

function said(message: string): void {
  vscode.window.setStatusBarMessage(message, 4000);
}

function base(file: string): string {
  return oneLine(path.basename(file));
}
