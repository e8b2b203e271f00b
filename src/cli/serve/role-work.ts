import { ResourceCare } from '../../core/care/resource-care.ts';
import { TaskCare } from '../../core/care/task-care.ts';
import type { Clock } from '../../core/base/clock.ts';
import type { Log } from '../../core/base/log.ts';
import { messageOf } from '../../core/base/user-error.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { RoleWatch } from '../../core/roles/role-watch.ts';
import { RoleWorkers } from '../../core/roles/role-workers.ts';

interface RoleWorkPorts {
  readonly engine: EnginePort;
  readonly roots: readonly string[];
  /** The state folder. */
  readonly home: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** What roles do by themselves and need no window for. Resolves, once asked to end it, when all of it has ended. */
export function roleWork({ engine, roots, home, clock, log }: RoleWorkPorts): () => Promise<void> {
  const watch = new RoleWatch({ engine, roots: () => roots, clock, onError: (error) => log.write('warn', messageOf(error)) });
  const workers = new RoleWorkers({ engine, watch, roots: () => roots, mayWork: () => true, clock, log });
  // Here troubles are told in the log, by the worker itself.
  workers.add('task_management', () => new TaskCare(() => undefined));
  workers.add('resource_management', () => new ResourceCare(home));
  return async () => {
    workers.dispose();
    watch.dispose();
    await workers.settled();
  };
}
