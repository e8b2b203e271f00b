import * as vscode from 'vscode';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { RoleOrder } from '../../core/model/roles/role.ts';
import type { RoleView } from '../../core/model/roles/role-view.ts';
import { presentRole, roleWords, type RoleWord } from '../../core/present/roles/present-role.ts';
import type { CommandHandler, Commands } from '../commands/command-parts.ts';
import { confirmed } from '../commands/confirmed.ts';
import { COMMANDS, SECTION, SETTINGS, VIEWS } from '../ids.ts';
import { pickScripts } from '../queueing/pick-scripts.ts';
import type { Submission } from '../queueing/submission.ts';
import type { Settings } from '../settings/settings.ts';
import { requireRoots, requireTrust } from '../workspace-roots.ts';

interface RoleCommandParts {
  readonly engine: Pick<EnginePort, 'query' | 'roles' | 'setRoleState' | 'startAllRoles' | 'stopAllRoles'>;
  readonly submission: Submission;
  readonly settings: () => Settings;
}

/** Commands about roles; they are called on a row, with a role's name, or with nothing, and then ask. */
export function roleCommands({ engine, submission, settings }: RoleCommandParts) {
  const order = (state: RoleOrder, word: RoleWord, title: string): CommandHandler => async (target) => {
    const roots = requireRoots();
    if (state === 'running') requireTrust();
    const view = await targetRole(target, word, title, await engine.roles(roots));
    if (view === undefined || (state === 'stopped' && !(await mayStop([view], settings())))) return;
    await engine.setRoleState(roots, view.role.name, state);
  };

  return {
    [COMMANDS.startRole]: order('running', 'startable', vscode.l10n.t('Start Role')),
    [COMMANDS.pauseRole]: order('paused', 'pausable', vscode.l10n.t('Pause Role')),
    [COMMANDS.stopRole]: order('stopped', 'stoppable', vscode.l10n.t('Stop Role')),
    [COMMANDS.startAllRoles]: () => {
      const roots = requireRoots();
      requireTrust();
      return engine.startAllRoles(roots);
    },
    [COMMANDS.stopAllRoles]: async () => {
      const roots = requireRoots();
      if (await mayStop(await engine.roles(roots), settings())) await engine.stopAllRoles(roots);
    },
    [COMMANDS.queueToRole]: async (target) => {
      const roots = requireRoots();
      requireTrust();
      const view = await targetRole(target, 'enabled', vscode.l10n.t('Queue in Role'), await engine.roles(roots));
      const files = view === undefined ? undefined : await pickScripts(engine);
      if (view === undefined || files === undefined || files.length === 0) return;
      await submission.scripts(files, { role: view.role.name });
      const shut = view.state === 'running' ? undefined : presentRole(view).description.split(' · ')[0];
      const said = vscode.l10n.t('Queued {0} to {1}', files.length, view.role.label);
      vscode.window.setStatusBarMessage(`$(run-all) ${shut === undefined ? said : `${said} (${shut})`}`, 5000);
    },
    [COMMANDS.openRoleSettings]: () => vscode.commands.executeCommand('workbench.action.openSettings', `${SECTION}.roles`),
    [COMMANDS.showRoles]: () => vscode.commands.executeCommand(`${VIEWS.roles}.focus`),
  } satisfies Commands;
}

async function targetRole(target: unknown, word: RoleWord, title: string, views: readonly RoleView[]): Promise<RoleView | undefined> {
  const name = nameOf(target);
  const called = name === undefined ? undefined : views.find(({ role }) => role.name === name);
  if (called !== undefined) return called;
  if (name !== undefined) throw new UserError(vscode.l10n.t('There is no role “{0}” in the open folders.', name));
  const fitting = views.filter((view) => roleWords(view).includes(word));
  if (fitting.length === 0) throw new UserError(vscode.l10n.t('No role is in a state for this.'));
  const items = fitting.map((view) => ({ label: `$(${presentRole(view).icon}) ${view.role.label}`, description: presentRole(view).description, detail: view.role.purpose, view }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t('Pick a role'), matchOnDetail: true }))?.view;
}

function nameOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  return typeof target === 'object' && target !== null && 'kind' in target && target.kind === 'role' && 'name' in target ? String(target.name) : undefined;
}

/** Stopping cancels tasks: whoever has some is asked for. */
async function mayStop(views: readonly RoleView[], { confirm }: Settings): Promise<boolean> {
  const count = views.reduce((sum, { counts }) => sum + counts.running + counts.waiting + counts.scheduled, 0);
  if (count === 0 || !confirm.cancelAll) return true;
  const [{ role }] = views as readonly [RoleView];
  const one = (): string =>
    count === 1
      ? vscode.l10n.t('Stop {0} and cancel its task that runs or waits?', role.label)
      : vscode.l10n.t('Stop {0} and cancel its {1} tasks that run or wait?', role.label, count);
  const all = (): string =>
    count === 1
      ? vscode.l10n.t('Stop all roles and cancel their task that runs or waits?')
      : vscode.l10n.t('Stop all roles and cancel their {0} tasks that run or wait?', count);
  const question = views.length === 1 ? one() : all();
  return confirmed(question, vscode.l10n.t('Stop'), SETTINGS.confirmCancelAll);
}
