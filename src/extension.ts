import * as vscode from 'vscode';
import { systemClock } from './core/base/clock.ts';
import type { Log } from './core/base/log.ts';
import { messageOf } from './core/base/user-error.ts';
import { stateFolder } from './core/engine/state-folder.ts';
import { registerAssessment } from './host/assessment/register-assessment.ts';
import type { ParallelWorkflowApi } from './host/api/parallel-workflow.ts';
import { registerApi } from './host/api/register-api.ts';
import { claudeExtension, registerAgents } from './host/agents/register-agents.ts';
import { registerModels } from './host/agents/register-models.ts';
import { cancelUnlessServed } from './host/close-watch.ts';
import type { CommandParts } from './host/commands/command-parts.ts';
import { engineCommands } from './host/commands/engine-commands.ts';
import { lookCommands } from './host/commands/look-commands.ts';
import { promptCommands } from './host/commands/prompt-commands.ts';
import { queueCommands } from './host/commands/queue-commands.ts';
import { registerCommands } from './host/commands/register-commands.ts';
import { taskCommands } from './host/commands/task-commands.ts';
import { wholeQueueCommands } from './host/commands/whole-queue-commands.ts';
import { ConfigWatch } from './host/configuration/config-watch.ts';
import { configurationCommands, registerConfiguration } from './host/configuration/register-configuration.ts';
import { ContextKeys } from './host/context-keys.ts';
import { registerEditors } from './host/editors/register-editors.ts';
import { EngineClient } from './host/engine-client.ts';
import { workerThreads } from './host/engine/engine-thread.ts';
import { FailureNotices } from './host/failure-notices.ts';
import { COMMANDS, TASK_TYPE } from './host/ids.ts';
import { channelLog } from './host/channel-log.ts';
import { AwaitedFiles } from './host/locks/awaited-files.ts';
import { ConflictNotices } from './host/locks/conflict-notices.ts';
import { lockCommands } from './host/locks/lock-commands.ts';
import { LockContexts } from './host/locks/lock-contexts.ts';
import { LockWatch } from './host/locks/lock-watch.ts';
import { tellFree } from './host/locks/tell-free.ts';
import { registerGuiTests } from './host/gui-tests/register-gui-tests.ts';
import { LogDocuments } from './host/log/log-documents.ts';
import { registerCare } from './host/roles/register-care.ts';
import { registerRoles } from './host/roles/register-roles.ts';
import { roleCommands } from './host/roles/role-commands.ts';
import { registerMilestones } from './host/milestones/register-milestones.ts';
import { PromptDrafts } from './host/queueing/prompt-drafts.ts';
import { Submission } from './host/queueing/submission.ts';
import { engineLimits, engineOptions, isSame } from './host/settings/engine-settings.ts';
import { LiveSettings } from './host/settings/live-settings.ts';
import { scheduleCommands } from './host/schedules/schedule-commands.ts';
import { showError } from './host/show-error.ts';
import { tellStoreNotices } from './host/store-notices.ts';
import { InteractiveTerminals } from './host/tasks/interactive-terminals.ts';
import { registerLogLinks } from './host/tasks/log-links.ts';
import { PersonAtWork } from './host/person-at-work.ts';
import { ParallelTaskProvider } from './host/tasks/parallel-task-provider.ts';
import { TaskTerminals } from './host/tasks/task-terminals.ts';
import { TaskWatch } from './host/tasks/task-watch.ts';
import { tellSettingProblem } from './host/settings/tell-setting-problem.ts';
import { workspaceRoots } from './host/workspace-roots.ts';
import { Dashboard } from './views/dashboard/dashboard.ts';
import { FilesInUse } from './views/files-in-use.ts';
import { registerGroupBy } from './views/group-by-picker.ts';
import { LockDecorations } from './views/lock-decorations.ts';
import { LockStatus } from './views/lock-status.ts';
import { ScheduleList } from './views/schedules/schedule-list.ts';
import { StatusBar } from './views/status-bar.ts';
import { TaskTree } from './views/task-tree.ts';

/** What `deactivate` has to wait for; VS Code hands it nothing. */
let close: (() => Promise<void>) | undefined;

/** What the extension offers to others, and tells about itself. */
export interface Facts extends ParallelWorkflowApi {
  /** How long activation held up the extension host, in milliseconds. */
  readonly activationMs: number;
}

/** Registers everything at once; the engine opens in a thread of its own when this is done. */
export function activate(context: vscode.ExtensionContext): Facts {
  const start = performance.now();
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const clock = systemClock;
  const roots = workspaceRoots;
  const home = stateFolder();
  const channel = own(vscode.window.createOutputChannel('Parallel Workflow', { log: true }));
  const log = channelLog(channel);
  const onError = (error: unknown): void => log.write('warn', messageOf(error));

  const config = own(new ConfigWatch(clock, onError));
  const live = own(new LiveSettings((problem) => tellSettingProblem(problem, log), config));
  const settings = (): typeof live.now => live.now;
  const engine = own(
    new EngineClient(
      workerThreads(vscode.Uri.joinPath(context.extensionUri, 'dist', 'engine-worker.cjs').fsPath),
      () => ({ ...engineOptions(live.now), agentRunner: vscode.Uri.joinPath(context.extensionUri, 'dist', 'agent.js').fsPath, assessor: vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath, hostedRunner: vscode.Uri.joinPath(context.extensionUri, 'dist', 'hosted.js').fsPath, ...claudeExtension(), home, kind: 'window', roots: roots(), runsTasks: vscode.workspace.isTrusted, hasTerminals: true }),
      log,
      clock,
    ),
  );
  own(engine.onDidLog(({ level, message }) => log.write(level, message)));
  own(engine.onDidFail((error) => void showError(error, log)));
  own(engine.onDidOpen(() => void engine.setLimits(engineLimits(live.now)).catch(onError)));
  own(engine.onDidOpen(() => void engine.setMachineSettings(live.now.machine).catch(onError)));
  own(tellStoreNotices(engine, onError));
  own(registerConfiguration({ engine, watch: config, live, onError }));

  const locks = own(new LockWatch(engine, clock, onError));
  const assessment = own(registerAssessment({ engine, settings, extension: context.extensionUri, home, clock, log, onError }));
  const milestones = own(registerMilestones({ engine, roots, live, clock, onError }));
  const tree = own(new TaskTree({ engine, roots, clock, uses: () => locks.uses, milestoneOf: (spec) => milestones.watch.nameFor(spec), gradeOf: (script) => assessment.gradeOf(script), memento: context.workspaceState, onError }));
  own(registerGroupBy(tree));
  const statusBar = own(new StatusBar({ engine, roots, clock, isEnabled: () => live.now.statusBar, onError }));
  own(new ContextKeys(engine, roots, clock, onError));
  const dashboard = own(new Dashboard({ engine, roots, clock, thresholds: () => live.now.machine.thresholds, extension: context.extensionUri, memory: context.workspaceState, live, onError: (error) => void showError(error, log) }));

  const awaited = own(new AwaitedFiles({ watch: locks, engine, memory: context.workspaceState, tell: (files) => void tellFree(files), onError }));
  const files = own(new FilesInUse({ watch: locks, engine, roots, awaited, clock, onError }));
  own(new LockContexts(locks, awaited));
  const showsLocks = (): boolean => live.now.editorLocking !== 'off';
  const decorations = own(new LockDecorations(locks, clock, showsLocks));
  const lockStatus = own(new LockStatus(locks, clock, showsLocks));

  const agents = own(registerAgents({ engine, roots, home, cli: vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath, settings, clock, log, onError }));
  const roles = own(registerRoles({ engine, roots, settings, clock, log, onError }));

  const care = own(registerCare({ engine, workers: roles.workers, reveal: (task) => tree.reveal(task), clock, home, onError }));

  own(new ScheduleList({ engine, roots, clock, onError }));

  const watch = own(new TaskWatch(engine, roots, clock, onError));
  const guiTests = own(registerGuiTests({ engine, watch, roles, roots, settings, memory: context.workspaceState, home, log, clock }));
  const submission = new Submission(assessment.queue, settings, log);
  const terminals = own(new TaskTerminals({ engine, watch, settings: () => live.now.terminals, clock, log }));
  const interactive = own(new InteractiveTerminals({ engine, watch, settings: () => live.now.terminals, log }));
  const logs = own(new LogDocuments(engine, watch, clock));
  own(registerLogLinks());
  own(vscode.tasks.registerTaskProvider(TASK_TYPE, new ParallelTaskProvider({ engine, submission, watch, terminals, clock, log })));
  const { editors } = own(registerEditors({ engine, locks, tree, watch, live, clock, log, context, onError }));
  own(registerModels({ engine, editors, home, roots, clock, onError }));
  own(new PersonAtWork(clock, (isAtWork) => void engine.setPersonAtWork(isAtWork).catch(onError)));
  own(new FailureNotices(watch, settings, clock));
  own(new ConflictNotices({ watch, reveal: (task) => tree.reveal(task), settings, clock, onError }));

  const parts: CommandParts = { engine, tree, settings, submission, terminals, interactive, logs, channel, log, clock, memory: context.workspaceState, home };
  own(registerCommands({ ...queueCommands(parts), ...promptCommands(parts, own(new PromptDrafts())), ...taskCommands(parts), ...lookCommands(parts), ...wholeQueueCommands(parts), ...engineCommands(parts), ...lockCommands({ ...parts, locks, awaited }), ...roleCommands(parts), ...agents.commands, ...scheduleCommands(parts), ...assessment.commands, ...configurationCommands({ watch: config, live }), ...milestones.commands, ...guiTests.commands, ...care.commands, [COMMANDS.openDashboard]: () => dashboard.open() }, log));

  const reopen = async (why: string): Promise<void> => {
    log.write('info', `The engine is opened anew: ${why}.`);
    await engine.reopen();
    await tree.reload();
    files.reload();
  };
  own(vscode.workspace.onDidGrantWorkspaceTrust(() => void reopen('the workspace is trusted now').catch(onError)));
  own(vscode.workspace.onDidChangeWorkspaceFolders(() => void reopen('the folders of the window changed').catch(onError)));
  own(
    live.onDidChange(({ before, now }) => {
      statusBar.settingsChanged();
      decorations.settingsChanged();
      lockStatus.settingsChanged();
      roles.settingsChanged();
      agents.settingsChanged(before);
      if (!isSame(engineOptions(before), engineOptions(now))) void reopen('its settings changed').catch(onError);
      else if (!isSame(engineLimits(before), engineLimits(now))) void engine.setLimits(engineLimits(now)).catch(onError);
      if (!isSame(before.machine, now.machine)) void engine.setMachineSettings(now.machine).catch(onError);
    }),
  );

  close = () => closeWindow(engine, live, context, home, log);
  setImmediate(() => engine.open());
  const { api } = own(registerApi({ engine, queue: assessment.queue, watch, roles, submission, home, roots, clock, log, onError }));
  return { ...api, activationMs: performance.now() - start };
}

export function deactivate(): Promise<void> | undefined {
  return close?.();
}

async function closeWindow(engine: EngineClient, live: LiveSettings, context: vscode.ExtensionContext, home: string, log: Log): Promise<void> {
  if (live.now.onClose === 'stop') cancelUnlessServed(vscode.Uri.joinPath(context.extensionUri, 'dist', 'cli.js').fsPath, home, workspaceRoots(), log);
  await engine.close();
}
