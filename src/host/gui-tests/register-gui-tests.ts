import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import { messageOf, UserError } from '../../core/base/user-error.ts';
import type { Log } from '../../core/base/log.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { CommandHandler } from '../commands/command-parts.ts';
import { COMMANDS } from '../ids.ts';
import type { RegisteredRoles } from '../roles/register-roles.ts';
import type { Settings } from '../settings/settings.ts';
import { showError } from '../show-error.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { GuiTests } from './gui-tests.ts';
import { runWhenStarted } from './gui-test-worker.ts';

interface GuiTestParts {
  readonly engine: EnginePort;
  readonly watch: TaskWatch;
  readonly roles: RegisteredRoles;
  readonly roots: () => readonly string[];
  readonly settings: () => Settings;
  readonly memory: vscode.Memento;
  readonly home: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The role GUI Testing in this window. */
export function registerGuiTests({ engine, watch, roles, roots, settings, memory, home, clock, log }: GuiTestParts): vscode.Disposable & { readonly commands: Readonly<Record<string, CommandHandler>> } {
  const tests = new GuiTests({ engine, clock, watch, roots, programs: () => settings().programs, home, memory, tell: (error) => void showError(error, log) });
  // A project without GUI tests is no reason to interrupt somebody who starts all roles.
  const begin = (workspace: string): Promise<unknown> => tests.runAll(workspace).catch((error: unknown) => log.write(error instanceof UserError ? 'info' : 'error', messageOf(error)));
  const parts = vscode.Disposable.from(tests, runWhenStarted(roles, roots, begin));
  return {
    commands: {
      [COMMANDS.runGuiTests]: async () => {
        const report = await tests.runAll();
        if (report.problems.length > 0) void showError(new UserError(report.problems.join('\n')), log);
        return report;
      },
    },
    dispose: () => void parts.dispose(),
  };
}
