import type { RoleContext, RoleWorker } from '../roles/role-worker.ts';
import { messageOf } from '../base/user-error.ts';
import type { QueueTrouble } from './queue-troubles.ts';

const EVERY_MS = 10 * 60_000;

/** The work of the role `task_management`: looks for tasks that need a person, and tells of each once. */
export class TaskCare implements RoleWorker {
  private readonly tell: (troubles: readonly QueueTrouble[]) => void;
  private readonly told = new Set<string>();
  private cancel = (): void => undefined;

  /** `tell` is called with troubles that were not told of before. */
  constructor(tell: (troubles: readonly QueueTrouble[]) => void) {
    this.tell = tell;
  }

  start(context: RoleContext): void {
    this.cancel();
    const { engine, workspace, clock, log, signal } = context;
    const look = async (): Promise<void> => {
      try {
        const { readTroubles } = await import('./read-summary.ts');
        const troubles = await readTroubles(engine, [workspace], clock.now());
        const fresh = troubles.filter(({ task, type }) => !this.told.has(`${type} ${task}`));
        for (const { task, type, name, why } of fresh) {
          this.told.add(`${type} ${task}`);
          log.write('warn', `#${task} ${name}: ${type}: ${why}`);
        }
        if (fresh.length > 0) this.tell(fresh);
      } catch (error) {
        log.write('warn', `The queue of ${workspace} could not be looked through: ${messageOf(error)}`);
      }
      if (!signal.aborted) this.cancel = clock.after(EVERY_MS, () => void look());
    };
    void look();
  }

  stop(): void {
    this.cancel();
  }
}
