import * as vscode from 'vscode';
import { fileMode, unclearModes } from '../../core/config/file-mode.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import type { WindowParts } from '../window-parts.ts';
import { workspaceRoots } from '../workspace-roots.ts';
import { ConfigApplied } from '../../core/settings/config-applied.ts';
import { ConfigDiagnostics } from './config-diagnostics.ts';
import type { ConfigWatch } from './config-watch.ts';
import { FolderRoles } from './folder-roles.ts';
import { registerEffectiveDocument } from './effective-document.ts';

interface ConfigurationParts extends WindowParts {
  readonly watch: ConfigWatch;
}

/** Configuration files at work: shown where they are wrong, carried out where they are right. */
export function registerConfiguration({ engine, watch, live, log, onError }: ConfigurationParts): vscode.Disposable {
  const diagnostics = new ConfigDiagnostics(watch);
  const applied = new ConfigApplied(engine);
  let turn: Promise<void> = Promise.resolve();
  const apply = (): void => {
    if (!vscode.workspace.isTrusted) return;
    // One after another: a later state of the files must not be overtaken by an earlier one.
    turn = turn
      .then(() => engine.syncFileMode(workspaceRoots(), fileMode(watch.merged), unclearModes(watch.files)))
      .then(() => applied.apply(workspaceRoots(), watch.files))
      .then((found) => diagnostics.setFound(found))
      .catch(onError);
  };
  const roles = new FolderRoles(engine, (root) => live.rolesOf(root));
  const setRoles = (): void => void roles.tell(workspaceRoots()).catch(onError);
  return vscode.Disposable.from(
    diagnostics,
    watch.onDidChange(apply),
    watch.onDidChange(setRoles),
    engine.onDidOpen(() => {
      roles.forget();
      setRoles();
    }),
    live.onDidChange(setRoles),
    registerEffectiveDocument(() => live.effective(), () => diagnostics.problems, (listener) => vscode.Disposable.from(diagnostics.onDidChange(listener), live.onDidChange(listener))),
    registerCommandsOnUse(
      [
        COMMANDS.createParallelConfig,
        COMMANDS.createSchedulerConfig,
        COMMANDS.createResourceConfig,
        COMMANDS.createExecutionConfig,
        COMMANDS.updateConfig,
        COMMANDS.showEffectiveConfig,
      ],
      async () => (await import('./config-commands.ts')).configCommands({ watch, inForce: (key) => live.inForce(key).value }),
      log,
    ),
  );
}
