import type { Disposable } from 'vscode';
import type { Event as CoreEvent } from '../../core/base/emitter.ts';
import { UserError } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import type { Role } from '../../core/model/roles/role.ts';
import type { RoleContext, RoleWorker } from '../../core/roles/role-worker.ts';
import type { RoleWorkers } from '../../core/roles/role-workers.ts';
import { withTodaysNames } from '../../core/spec/older-names.ts';
import { formatProblem } from '../../core/spec/problem.ts';
import { readRole } from '../../core/spec/read-role.ts';
import { callError } from './call-error.ts';
import { tokenOf } from './cancellation.ts';
import type { RoleRegistration, RoleWork } from './parallel-workflow.ts';

interface RoleRegistryPorts {
  readonly engine: Pick<EnginePort, 'registerRole' | 'unregisterRole'> & { readonly onDidOpen: CoreEvent<void> };
  readonly workers: Pick<RoleWorkers, 'add'>;
  readonly roots: () => readonly string[];
  readonly onError: (error: unknown) => void;
}

/** Roles that extensions bring: told to each engine of the window, and worked for while their queues are open. */
export class RoleRegistry {
  private readonly ports: RoleRegistryPorts;
  private readonly roles = new Map<string, Role>();
  private readonly subscription: { dispose(): void };

  constructor(ports: RoleRegistryPorts) {
    this.ports = ports;
    // Another engine may have other folders.
    this.subscription = ports.engine.onDidOpen(() => {
      for (const role of this.roles.values()) this.tell(role);
    });
  }

  register(registration: RoleRegistration): Disposable {
    const { handler, ...described } = isRecord(registration) ? registration : { handler: undefined };
    const read = readRole(isRecord(registration) ? described : registration, ['handler']);
    const problems = read.ok ? [] : read.error.map(formatProblem);
    if (handler !== undefined && typeof handler !== 'function') problems.push(`\`handler\`: expected a function, got \`${JSON.stringify(handler)}\``);
    if (!read.ok || problems.length > 0) throw callError('registerRole', problems);
    const role = read.value;
    if (this.roles.has(role.name))
      throw new UserError(
        `registerRole: \`name\`: an extension of this window has registered \`${role.name}\` already;`,
        'dispose of that one first, or choose another name.',
      );
    const works = handler === undefined ? undefined : this.ports.workers.add(role.name, () => workerOf(handler));
    this.roles.set(role.name, role);
    this.tell(role);
    return {
      dispose: () => {
        if (this.roles.get(role.name) !== role) return;
        this.roles.delete(role.name);
        works?.dispose();
        this.ports.engine.unregisterRole(this.ports.roots(), role.name).catch(this.ports.onError);
      },
    };
  }

  dispose(): void {
    this.subscription.dispose();
  }

  private tell(role: Role): void {
    const { engine, roots, onError } = this.ports;
    engine.registerRole(roots(), role).catch(onError);
  }
}

function workerOf(handler: NonNullable<RoleRegistration['handler']>): RoleWorker {
  let result: Disposable | undefined;
  const stop = (): void => {
    result?.dispose();
    result = undefined;
  };
  return {
    async start(context) {
      // Another extension may give back anything.
      const given: unknown = await handler(workOf(context));
      result = isRecord(given) && typeof given.dispose === 'function' ? (given as unknown as Disposable) : undefined;
      // Nobody may wait for it any more.
      if (context.signal.aborted) stop();
    },
    stop,
  };
}

function workOf(context: RoleContext): RoleWork {
  return {
    role: context.role.name,
    folder: context.workspace,
    token: tokenOf(context.signal),
    queueTask: async (task) => {
      const { fields } = withTodaysNames(task);
      const { tasks } = await context.queue(typeof fields.name === 'string' ? fields.name : context.role.label, fields);
      return tasks[0]!;
    },
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
