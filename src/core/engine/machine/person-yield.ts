import type { Log } from '../../base/log.ts';
import { messageOf } from '../../base/user-error.ts';
import type { ProcessTable } from '../../process/process-table.ts';
import type { SetQuiet } from '../../process/process-quiet.ts';
import { membersOf } from '../../process/stop-tree.ts';
import { treeOf, type RunInHand } from '../runs/run-in-hand.ts';

interface PersonYieldPorts {
  readonly runs: () => readonly RunInHand[];
  readonly table: ProcessTable;
  readonly setQuiet: SetQuiet;
  /** Tasks of this priority or a less urgent one give way; none when undefined. */
  readonly yieldFrom: () => number | undefined;
  readonly log: Log;
}

/** Makes background tasks give way while a person is at work, and lets them go on as before when the person is not. */
export class PersonYield {
  private readonly ports: PersonYieldPorts;
  private readonly quiet = new WeakMap<RunInHand, boolean>();
  private isAtWork = false;
  private current: Promise<void> = Promise.resolve();

  constructor(ports: PersonYieldPorts) {
    this.ports = ports;
  }

  setAtWork(isAtWork: boolean): void {
    if (isAtWork === this.isAtWork) return;
    this.isAtWork = isAtWork;
    this.apply();
  }

  /** Looks for runs that are louder or quieter than they should be; those that began meanwhile too. */
  apply(): void {
    const due = this.ports.runs().filter((run) => run.process !== undefined && this.shouldBeQuiet(run) !== this.isQuiet(run));
    if (due.length === 0) return;
    this.current = this.current.then(async () => {
      for (const run of due) await this.turn(run, this.shouldBeQuiet(run));
    });
  }

  /** Resolves when what was asked for is done. */
  settled(): Promise<void> {
    return this.current;
  }

  private shouldBeQuiet(run: RunInHand): boolean {
    return this.isAtWork && this.mayGiveWay(run);
  }

  /** Nobody knows in which state another engine left a run that may give way. */
  private isQuiet(run: RunInHand): boolean | undefined {
    return this.quiet.get(run) ?? (run.adopted && this.mayGiveWay(run) ? undefined : false);
  }

  private mayGiveWay({ task }: RunInHand): boolean {
    const from = this.ports.yieldFrom();
    return from !== undefined && task.spec.priority >= from;
  }

  private async turn(run: RunInHand, quiet: boolean): Promise<void> {
    if (run.gone || quiet === this.isQuiet(run)) return;
    this.quiet.set(run, quiet);
    try {
      await this.ports.setQuiet(await membersOf(treeOf(run), this.ports.table), quiet);
      this.ports.log.write('debug', `#${run.task.id} ${run.task.spec.name}: ${quiet ? 'gives way to the person at work' : 'goes on as before'}`);
    } catch (error) {
      this.ports.log.write('debug', `#${run.task.id} ${run.task.spec.name}: its priority could not be changed: ${messageOf(error)}`);
    }
  }
}
