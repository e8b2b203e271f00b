import * as vscode from 'vscode';
import { RoleWatch } from '../../core/roles/role-watch.ts';
import { RoleWorkers } from '../../core/roles/role-workers.ts';
import { RoleList } from '../../views/roles/role-list.ts';
import { RoleStatus } from '../../views/roles/role-status.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import type { Submission } from '../queueing/submission.ts';
import type { WindowParts } from '../window-parts.ts';

interface RoleParts extends WindowParts {
  readonly submission: Submission;
}

export interface RegisteredRoles extends vscode.Disposable {
  readonly watch: RoleWatch;
  /** Who does what roles do by themselves is added here. */
  readonly workers: RoleWorkers;
}

/** Roles in this window: followed, shown and worked for. */
export function registerRoles({ engine, roots, submission, settings, live, clock, log, onError }: RoleParts): RegisteredRoles {
  const watch = new RoleWatch({ engine, roots, clock, onError });
  const workers = new RoleWorkers({ engine, watch, roots, mayWork: () => vscode.workspace.isTrusted, clock, log });
  const status = new RoleStatus(watch, () => settings().rolesStatusBar);
  const parts = vscode.Disposable.from(
    workers,
    new RoleList(watch, onError),
    status,
    watch,
    live.onDidChange(() => status.settingsChanged()),
    registerCommandsOnUse(
      [
        COMMANDS.startRole,
        COMMANDS.pauseRole,
        COMMANDS.stopRole,
        COMMANDS.startAllRoles,
        COMMANDS.stopAllRoles,
        COMMANDS.queueToRole,
        COMMANDS.openRoleSettings,
        COMMANDS.showRoles,
      ],
      async () => (await import('./role-commands.ts')).roleCommands({ engine, submission, settings }),
      log,
    ),
  );
  return { watch, workers, dispose: () => void parts.dispose() };
}
