import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { EnginePort, Submitted } from '../engine/engine-port.ts';
import type { Role } from '../model/roles/role.ts';

/** What a role's worker is given when it starts. */
export interface RoleContext {
  readonly role: Role;
  /** Root folder of the workspace it works for; absolute. */
  readonly workspace: string;
  readonly engine: EnginePort;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether somebody started the role after it was stopped; not so when this engine came to a role that was started, or its tasks go on after a pause. */
  readonly isStartedAnew: boolean;
  /** Aborted when the worker is stopped. */
  readonly signal: AbortSignal;
  /**
   * Queues tasks to the role, written as in a batch file.
   * @throws UserError that names what is wrong with them.
   */
  queue(name: string, ...tasks: readonly object[]): Promise<Submitted>;
}

/**
 * What a role does by itself, beside the tasks that others queue to it. One instance works for one role of one workspace, in one
 * engine of the machine; it may be stopped and started again any number of times.
 */
export interface RoleWorker {
  /** Begins; may go on for as long as it works, until the signal is aborted. When it throws, it counts as not started, and is tried again when the role is next started. */
  start(context: RoleContext): void | Promise<void>;
  /** Ends what it does by itself; its tasks are the queue's. */
  stop(): void | Promise<void>;
}
