import type * as vscode from 'vscode';
import { registerAgents } from './host/agents/register-agents.ts';
import { registerModels } from './host/agents/register-models.ts';
import type { ParallelWorkflowApi } from './host/api/parallel-workflow.ts';
import { registerApi } from './host/api/register-api.ts';
import { registerAssessment } from './host/assessment/register-assessment.ts';
import { bundled } from './host/bundled.ts';
import { cancelUnlessServed } from './host/close-watch.ts';
import { registerEditors } from './host/editors/register-editors.ts';
import { registerGuiTests } from './host/gui-tests/register-gui-tests.ts';
import { LockWatch } from './host/locks/lock-watch.ts';
import { registerFiles } from './host/locks/register-files.ts';
import { registerMilestones } from './host/milestones/register-milestones.ts';
import { PersonAtWork } from './host/person-at-work.ts';
import { Submission } from './host/queueing/submission.ts';
import { registerWindow } from './host/register-window.ts';
import { registerCare } from './host/roles/register-care.ts';
import { registerRoles } from './host/roles/register-roles.ts';
import { registerSchedules } from './host/schedules/register-schedules.ts';
import { registerTaskViews } from './host/tasks/register-task-views.ts';
import { registerTasks } from './host/tasks/register-tasks.ts';
import type { WindowParts } from './host/window-parts.ts';
import { registerDashboard } from './views/dashboard/register-dashboard.ts';

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
  const { parts, onDidReopen } = own(registerWindow(context));
  const { engine, settings, clock, log, onError } = parts;

  const locks = own(new LockWatch(engine, clock, onError));
  const assessment = own(registerAssessment(parts));
  const milestones = own(registerMilestones(parts));
  const { tree } = own(registerTaskViews({ ...parts, locks, assessment, milestones, onDidReopen }));
  const submission = new Submission(assessment.queue, settings, log);
  const { watch } = own(registerTasks({ ...parts, tree, submission }));
  own(registerFiles({ ...parts, locks, tree, onDidReopen }));
  own(registerDashboard(parts));

  own(registerAgents(parts));
  const roles = own(registerRoles({ ...parts, submission }));
  own(registerCare({ ...parts, workers: roles.workers, tree }));
  own(registerGuiTests({ ...parts, watch, roles }));
  own(registerSchedules({ ...parts, tree, submission }));

  const storage = context.storageUri ?? context.globalStorageUri;
  const { editors } = own(registerEditors({ ...parts, locks, tree, watch, storage }));
  own(registerModels({ ...parts, editors }));
  own(new PersonAtWork(clock, (isAtWork) => void engine.setPersonAtWork(isAtWork).catch(onError)));

  close = () => closeWindow(parts);
  setImmediate(() => engine.open());
  const { api } = own(registerApi({ ...parts, queue: assessment.queue, watch, roles, submission }));
  return { ...api, activationMs: performance.now() - start };
}

export function deactivate(): Promise<void> | undefined {
  return close?.();
}

async function closeWindow({ engine, live, extension, home, roots, log }: WindowParts): Promise<void> {
  if (live.now.onClose === 'stop') cancelUnlessServed(bundled(extension, 'cli.js'), home, roots(), log);
  await engine.close();
}
