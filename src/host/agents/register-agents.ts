import * as vscode from 'vscode';
import type { Log } from '../../core/base/log.ts';
import type { AgentSettings } from '../../core/model/agents/agent-settings.ts';
import { AgentList } from '../../views/agents/agent-list.ts';
import { ModeStatus } from '../../views/agents/mode-status.ts';
import { bundled } from '../bundled.ts';
import { registerCommandsOnUse } from '../commands/register-commands.ts';
import { COMMANDS } from '../ids.ts';
import { chosenPython, PYTHON_EXTENSION } from '../queueing/python-interpreter.ts';
import { isSame } from '../settings/is-same.ts';
import type { WindowParts } from '../window-parts.ts';
import { AgentWatch } from './agent-watch.ts';
import { refreshHookProgram } from './hook-program.ts';
import { ProposedTexts } from './proposed-texts.ts';

/** Agents in this window: followed, shown, and told what the person has set. */
export function registerAgents({ engine, roots, home, extension, settings, live, clock, log, onError }: WindowParts): vscode.Disposable {
  const cli = bundled(extension, 'cli.js');
  const watch = new AgentWatch({ engine, clock, onError });
  const status = new ModeStatus(watch, clock, () => settings().statusBar);
  const tell = async (): Promise<void> => engine.setAgentSettings(await withChosenPython(settings().agents, roots(), log));
  const proposed = new ProposedTexts();
  return vscode.Disposable.from(
    engine.onDidOpen(() => {
      void tell().catch(onError);
      // An update of the extension has moved what hook files call.
      refreshHookProgram(home, cli);
    }),
    live.onDidChange(({ before, now }) => {
      status.settingsChanged();
      if (!isSame(before.agents, now.agents)) void tell().catch(onError);
    }),
    registerCommandsOnUse(
      [COMMANDS.refreshAgents, COMMANDS.showAgentStatus, COMMANDS.openAgentSettings, COMMANDS.pinExecutionMode, COMMANDS.setUpAgent],
      async () => (await import('./agent-commands.ts')).agentCommands({ engine, watch, now: () => clock.now(), onError }),
      log,
    ),
    registerCommandsOnUse(
      [COMMANDS.protectFiles, COMMANDS.unprotectFiles],
      async () => (await import('./hook-file-commands.ts')).hookFileCommands({ roots, home, cli, proposed }),
      log,
    ),
    proposed,
    status,
    new AgentList({ watch, roots, clock, onError }),
    watch,
  );
}

/** With the interpreter that is chosen in the Python extension, where that one is at work already and no setting says otherwise. */
async function withChosenPython(settings: AgentSettings, roots: readonly string[], log: Log): Promise<AgentSettings> {
  const [root] = roots;
  if (settings.autogen.python !== undefined || root === undefined || vscode.extensions.getExtension(PYTHON_EXTENSION)?.isActive !== true) return settings;
  const python = await chosenPython(vscode.Uri.file(root), log);
  return python === undefined ? settings : { ...settings, autogen: { ...settings.autogen, python } };
}
