import { setTimeout as delay } from 'node:timers/promises';
import { treeOf, type ProcessTable } from '../../core/process/process-table.ts';

/** Tells the processes of one call from all others of its run, also those that left their parent and group. */
export const CALL_MARK = 'PARALLEL_WORKFLOW_CALL';

const LOOK_MS = 40;
/** Whoever still forks after so many looks is left to the run's own end. */
const FORCED_ROUNDS = 100;

/** The processes of a command: those it started, those of its group, and those that carry its mark. */
export class CommandTree {
  private readonly pid: number;
  private readonly mark: string;
  private readonly table: ProcessTable;

  /** @param pid of the command, which leads a process group. */
  constructor(pid: number, mark: string, table: ProcessTable) {
    this.pid = pid;
    this.mark = mark;
    this.table = table;
  }

  /**
   * Ends them all: asks, waits up to `graceMs`, then forces.
   * @returns how many there were.
   */
  async end(graceMs: number): Promise<number> {
    const asked = new Set<number>();
    const deadline = performance.now() + graceMs;
    while (performance.now() < deadline) {
      const members = await this.members();
      if (members.length === 0) return asked.size;
      for (const pid of members) {
        if (asked.has(pid)) continue;
        asked.add(pid);
        await this.table.signal(pid, 'SIGTERM');
        await this.table.signal(pid, 'SIGCONT');
      }
      await delay(LOOK_MS);
    }
    for (let round = 0; round < FORCED_ROUNDS; round++) {
      const members = await this.members();
      if (members.length === 0) break;
      for (const pid of members) {
        asked.add(pid);
        await this.table.signal(pid, 'SIGKILL');
      }
      await delay(Math.min(LOOK_MS, round));
    }
    return asked.size;
  }

  private async members(): Promise<readonly number[]> {
    const processes = await this.table.list();
    const alive = new Set(processes.map(({ pid }) => pid));
    const found = new Set(treeOf(this.pid, processes).map(({ pid }) => pid));
    for (const pid of [this.pid, ...(await this.table.marked(CALL_MARK, this.mark))]) if (alive.has(pid)) found.add(pid);
    return [...found];
  }
}
