import * as vscode from 'vscode';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import { registerCommands } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import { onUse } from '../on-use.ts';
import type { RegisteredRoles } from '../roles/register-roles.ts';
import { showError } from '../show-error.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import type { WindowParts } from '../window-parts.ts';
import { GUI_ROLE } from './gui-role.ts';
import { guiTestWorker } from './gui-test-worker.ts';
import type { GuiTests } from './gui-tests.ts';

/** A window that opens has better things to do first. */
const LOOK_AFTER_MS = 3000;

interface GuiTestParts extends WindowParts {
  readonly watch: TaskWatch;
  readonly roles: RegisteredRoles;
}

/** The role GUI Testing in this window. Nobody asked for the first look, so nobody is told when it fails. Its code is loaded when its tests are looked for, a while after the window has opened. */
export function registerGuiTests(parts: GuiTestParts): vscode.Disposable {
  const { roles, roots, settings, clock, log, onError } = parts;
  const tell = (error: unknown): void => void showError(error, log);
  let made: GuiTests | undefined;
  const tests = onUse(async () => {
    const { GuiTests } = await import('./gui-tests.ts');
    return (made = new GuiTests({ ...parts, programs: () => settings().programs, tell }));
  });
  const look = async (): Promise<void> => {
    if (roots().length > 0) await (await tests()).find();
  };
  const begin = async (workspace: string): Promise<void> => {
    try {
      await (await tests()).runAll(workspace);
    } catch (error) {
      // A project without GUI tests is no reason to interrupt somebody who starts all roles.
      log.write(error instanceof UserError ? 'info' : 'error', messageOf(error));
    }
  };
  return vscode.Disposable.from(
    new vscode.Disposable(clock.after(LOOK_AFTER_MS, () => void look().catch(onError))),
    new vscode.Disposable(() => made?.dispose()),
    roles.workers.add(GUI_ROLE, () => guiTestWorker(begin)),
    registerCommands(
      {
        [COMMANDS.runGuiTests]: async () => {
          const report = await (await tests()).runAll();
          if (report.problems.length > 0) tell(new UserError(report.problems.join('\n')));
          return report;
        },
      },
      log,
    ),
  );
}
