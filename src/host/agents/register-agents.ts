import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import type { AgentSettings } from '../../core/model/agent-settings.ts';
import { AgentList } from '../../views/agent-list.ts';
import { ModeStatus } from '../../views/mode-status.ts';
import type { CommandHandler } from '../commands/command-parts.ts';
import type { EngineClient } from '../engine-client.ts';
import { chosenPython, PYTHON_EXTENSION } from '../queueing/python-interpreter.ts';
import { isSame } from '../settings/is-same.ts';
import type { Settings } from '../settings/settings.ts';
import { agentCommands } from './agent-commands.ts';
import { hookFileCommands, refreshHookProgram } from './hook-file-commands.ts';
import { ProposedTexts } from './proposed-texts.ts';
import { AgentWatch } from './agent-watch.ts';

interface AgentParts {
  readonly engine: EngineClient;
  readonly roots: () => readonly string[];
  /** The state folder. */
  readonly home: string;
  /** The extension's command line. */
  readonly cli: string;
  readonly settings: () => Settings;
  readonly clock: Clock;
  readonly log: Log;
  readonly onError: (error: unknown) => void;
}

export interface RegisteredAgents extends vscode.Disposable {
  readonly commands: Readonly<Record<string, CommandHandler>>;
  settingsChanged(before: Settings): void;
}

/** Agents in this window: followed, shown, and told what the person has set. */
export function registerAgents({ engine, roots, home, cli, settings, clock, log, onError }: AgentParts): RegisteredAgents {
  const watch = new AgentWatch({ engine, clock, onError });
  const list = new AgentList({ watch, roots, clock, onError });
  const status = new ModeStatus(watch, clock, () => settings().statusBar);
  const tell = async (): Promise<void> => engine.setAgentSettings(await withChosenPython(settings().agents, roots(), log));
  const opening = engine.onDidOpen(() => {
    void tell().catch(onError);
    // An update of the extension has moved what hook files call.
    refreshHookProgram(home, cli);
  });
  const proposed = new ProposedTexts();
  return {
    commands: { ...agentCommands({ engine, watch, now: () => clock.now(), onError }), ...hookFileCommands({ roots, home, cli, proposed }) },
    settingsChanged: (before) => {
      status.settingsChanged();
      if (!isSame(before.agents, settings().agents)) void tell().catch(onError);
    },
    dispose: () => void vscode.Disposable.from(opening, proposed, status, list, watch).dispose(),
  };
}

/** Where the extension that brings Claude Code along lies. */
export function claudeExtension(): { readonly claudeExtension?: string } {
  const extension = vscode.extensions.getExtension('anthropic.claude-code');
  return extension === undefined ? {} : { claudeExtension: extension.extensionPath };
}

/** With the interpreter that is chosen in the Python extension, where that one is at work already and no setting says otherwise. */
async function withChosenPython(settings: AgentSettings, roots: readonly string[], log: Log): Promise<AgentSettings> {
  const [root] = roots;
  if (settings.autogen.python !== undefined || root === undefined || vscode.extensions.getExtension(PYTHON_EXTENSION)?.isActive !== true) return settings;
  const python = await chosenPython(vscode.Uri.file(root), log);
  return python === undefined ? settings : { ...settings, autogen: { ...settings.autogen, python } };
}
