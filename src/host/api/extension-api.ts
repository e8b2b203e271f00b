import type { Clock } from '../../core/base/clock.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { RoleOrder } from '../../core/model/roles/role.ts';
import type { RoleWatch } from '../../core/roles/role-watch.ts';
import type { TaskWatch } from '../tasks/task-watch.ts';
import { eventOf } from './event.ts';
import type { ParallelWorkflowApi } from './parallel-workflow.ts';
import { changedRoles, roleInfo } from './role-info.ts';
import type { RoleRegistry } from './role-registry.ts';
import { readRunner } from './runner-registration.ts';
import type { RunnerServer } from './runner-server.ts';
import { TaskCalls } from './task-calls.ts';
import { taskInfo } from './task-info.ts';

export interface ExtensionApiPorts {
  readonly engine: EnginePort;
  readonly queue: Pick<EnginePort, 'submit'>;
  readonly watch: TaskWatch;
  readonly roleWatch: RoleWatch;
  readonly registry: RoleRegistry;
  readonly runners: RunnerServer;
  readonly requireFolders: () => readonly string[];
  readonly completed: (folder: string, fields: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;
  readonly clock: Clock;
}

/** What the extension gives to others; its functions may be taken apart. */
export function extensionApi(ports: ExtensionApiPorts): ParallelWorkflowApi {
  const { engine, watch, roleWatch, registry, runners, requireFolders, clock } = ports;
  const tasks = new TaskCalls(ports);
  const give = async (call: string, name: string, order: RoleOrder): Promise<void> => {
    if (typeof name !== 'string' || name === '') throw new UserError(`${call}: \`name\`: expected the name of a role, got \`${JSON.stringify(name)}\`.`);
    await engine.setRoleState(requireFolders(), name, order);
  };
  return Object.freeze<ParallelWorkflowApi>({
    apiVersion: 1,
    submit: (given, options) => tasks.submit(given, options),
    queueTask: (role, task) => tasks.queueTask(role, task),
    addScriptTask: (task) => tasks.addScriptTask(task),
    task: (id) => tasks.task(id),
    wait: (ids, token) => tasks.wait(ids, token),
    cancel: (ids) => tasks.cancel(ids),
    roles: async () => (await roleWatch.read()).map(roleInfo),
    startAllRoles: async () => engine.startAllRoles(requireFolders()),
    stopAllRoles: async () => engine.stopAllRoles(requireFolders()),
    startRole: (name) => give('startRole', name, 'running'),
    pauseRole: (name) => give('pauseRole', name, 'paused'),
    stopRole: (name) => give('stopRole', name, 'stopped'),
    registerRole: (role) => registry.register(role),
    registerRunner: (registration) => {
      const { name, runner } = readRunner(registration);
      return runners.add(name, runner);
    },
    onDidChangeTask: eventOf(watch.onDidLook, (view) => [taskInfo(view, clock.now())]),
    onDidFinishTask: eventOf(watch.onDidFinish, (view) => [taskInfo(view, clock.now())]),
    onDidChangeRole: (listener, self, disposables) => {
      // Each listener compares with what it has heard itself.
      const changed = changedRoles();
      changed(roleWatch.roles);
      return eventOf(roleWatch.onDidChange, changed)(listener, self, disposables);
    },
  });
}
