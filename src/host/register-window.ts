import * as vscode from 'vscode';
import { systemClock } from '../core/base/clock.ts';
import { Emitter, type Event } from '../core/base/emitter.ts';
import { messageOf } from '../core/base/user-error.ts';
import type { EngineOptions } from '../core/engine/engine-options.ts';
import { stateFolder } from '../core/engine/state-folder.ts';
import { claudeExtension } from './agents/claude-extension.ts';
import { bundled } from './bundled.ts';
import { channelLog } from './channel-log.ts';
import { ConfigWatch } from './configuration/config-watch.ts';
import { registerConfiguration } from './configuration/register-configuration.ts';
import { EngineClient } from './engine-client.ts';
import { workerThreads } from './engine/engine-thread.ts';
import { engineLimits, engineOptions, isSame } from './settings/engine-settings.ts';
import { LiveSettings } from './settings/live-settings.ts';
import { tellSettingProblem } from './settings/tell-setting-problem.ts';
import { showError } from './show-error.ts';
import { tellStoreNotices } from './store-notices.ts';
import type { WindowParts } from './window-parts.ts';
import { workspaceRoots } from './workspace-roots.ts';

export interface RegisteredWindow extends vscode.Disposable {
  readonly parts: WindowParts;
  /** Another engine serves the window: its folders or settings have changed. */
  readonly onDidReopen: Event<void>;
}

/** The window's log, its settings, and its engine, which is kept in step with them and is opened by whoever asked for it. */
export function registerWindow({ extensionUri: extension, workspaceState: memory }: vscode.ExtensionContext): RegisteredWindow {
  const clock = systemClock;
  const home = stateFolder();
  const channel = vscode.window.createOutputChannel('Parallel Workflow', { log: true });
  const log = channelLog(channel);
  const onError = (error: unknown): void => log.write('warn', messageOf(error));
  const config = new ConfigWatch(clock, onError);
  const live = new LiveSettings((problem) => tellSettingProblem(problem, log), config);
  const options = (): EngineOptions => ({
    ...engineOptions(live.now),
    ...claudeExtension(),
    agentRunner: bundled(extension, 'agent.js'),
    assessor: bundled(extension, 'cli.js'),
    hostedRunner: bundled(extension, 'hosted.js'),
    home,
    kind: 'window',
    roots: workspaceRoots(),
    runsTasks: vscode.workspace.isTrusted,
    hasTerminals: true,
  });
  const engine = new EngineClient(workerThreads(bundled(extension, 'engine-worker.cjs')), options, log, clock);
  const parts: WindowParts = { engine, live, settings: () => live.now, roots: workspaceRoots, home, extension, memory, clock, channel, log, onError };

  const reopened = new Emitter<void>();
  const reopen = async (why: string): Promise<void> => {
    log.write('info', `The engine is opened anew: ${why}.`);
    await engine.reopen();
    reopened.fire();
  };
  const setLimits = (): void => void engine.setLimits(engineLimits(live.now)).catch(onError);
  const setMachine = (): void => void engine.setMachineSettings(live.now.machine).catch(onError);
  const subscriptions = vscode.Disposable.from(
    channel,
    config,
    live,
    engine,
    reopened,
    engine.onDidLog(({ level, message }) => log.write(level, message)),
    engine.onDidFail((error) => void showError(error, log)),
    engine.onDidOpen(setLimits),
    engine.onDidOpen(setMachine),
    tellStoreNotices(engine, onError),
    registerConfiguration({ ...parts, watch: config }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => void reopen('the workspace is trusted now').catch(onError)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => void reopen('the folders of the window changed').catch(onError)),
    live.onDidChange(({ before, now }) => {
      if (!isSame(engineOptions(before), engineOptions(now))) void reopen('its settings changed').catch(onError);
      else if (!isSame(engineLimits(before), engineLimits(now))) setLimits();
      if (!isSame(before.machine, now.machine)) setMachine();
    }),
  );
  return { parts, onDidReopen: reopened.event, dispose: () => void subscriptions.dispose() };
}
