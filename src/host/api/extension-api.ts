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
import type { TaskCalls } from './task-calls.ts';
import { taskInfo } from './task-info.ts';

export interface ExtensionApiPorts {
  readonly engine: EnginePort;
  readonly watch: TaskWatch;
  readonly roleWatch: RoleWatch;
  readonly registry: RoleRegistry;
  readonly runners: RunnerServer;
  /** Loaded on use: few windows have an extension that calls. */
  readonly tasks: () => Promise<TaskCalls>;
  readonly requireFolders: () => readonly string[];
  readonly clock: Clock;
}

/** What the extension gives to others; its functions may be taken apart. */
export function extensionApi(ports: ExtensionApiPorts): ParallelWorkflowApi {
  const { engine, watch, roleWatch, registry, runners, tasks, requireFolders, clock } = ports;
  const give = async (call: string, name: string, order: RoleOrder): Promise<void> => {
    if (typeof name !== 'string' || name === '') throw new UserError(`${call}: \`name\`: expected the name of a role, got \`${JSON.stringify(name)}\`.`);
    await engine.setRoleState(requireFolders(), name, order);
  };
  return Object.freeze<ParallelWorkflowApi>({
    apiVersion: 1,
    submit: async (given, options) => (await tasks()).submit(given, options),
    queueTask: async (role, task) => (await tasks()).queueTask(role, task),
    addScriptTask: async (task) => (await tasks()).addScriptTask(task),
    task: async (id) => (await tasks()).task(id),
    wait: async (ids, token) => (await tasks()).wait(ids, token),
    cancel: async (ids) => (await tasks()).cancel(ids),
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
