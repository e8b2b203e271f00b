import { setTimeout as delay } from 'node:timers/promises';
import { RUN_MARK, treeOf, type ProcessTable } from './process-table.ts';

/** A run's processes: the shim's pid, which leads the group, and the mark in their environment. */
export interface RunTree {
  readonly pid: number;
  readonly mark: string;
  /** Start of the shim: tells it from a later process with its pid. Without it nobody waits for the shim itself. */
  readonly start?: string | undefined;
  /** Members that are left alone, such as whoever ends a part of a run from inside. */
  readonly spare?: ReadonlySet<number>;
}

interface Look {
  readonly members: readonly number[];
  /** A shim that lives without members is about to start its command, or to record its end. */
  readonly shimLives: boolean;
}

const LOOK_MS = 40;
/** How long a shim has to record the end of its command after that was last seen, on a machine as busy as it may be. */
const RECORD_MS = 1000;
/** Forks between a look and the signals are caught by the next look; a tree that still grows after so many is given up on. */
const FORCED_ROUNDS = 250;

/**
 * Ends a run's whole process tree, also what left the group: asks everyone, waits up to `graceMs`, then forces. The shim is
 * spared as long as anything below it lives, for it records how the command ended.
 * @returns the number of processes that had to be forced.
 */
export async function stopTree(tree: RunTree, table: ProcessTable, graceMs: number): Promise<number> {
  // A shim that was stopped together with its command could not record the end. There is none when the pid is unknown.
  if (tree.pid > 0) await table.signal(tree.pid, 'SIGCONT');
  const asked = new Set<number>();
  let shimUntil = 0;
  const deadline = performance.now() + graceMs;
  while (performance.now() < deadline) {
    const { members, shimLives } = await lookAt(tree, table);
    if (members.length === 0 && !shimLives) return 0;
    for (const pid of members) {
      if (asked.has(pid)) continue;
      asked.add(pid);
      await table.signal(pid, 'SIGTERM');
      // A stopped process takes its signal only when it goes on.
      await table.signal(pid, 'SIGCONT');
    }
    if (members.length > 0) shimUntil = performance.now() + RECORD_MS;
    await delay(LOOK_MS);
  }
  const forced = new Set<number>();
  const force = async (pid: number): Promise<void> => {
    forced.add(pid);
    await table.signal(pid, 'SIGKILL');
  };
  for (let round = 0; round < FORCED_ROUNDS; round++) {
    // A look may take its time, and the shim be gone since.
    const isLate = performance.now() >= shimUntil;
    const { members, shimLives } = await lookAt(tree, table);
    if (members.length === 0 && !shimLives) break;
    for (const pid of members) await force(pid);
    if (members.length > 0) shimUntil = performance.now() + RECORD_MS;
    // Somebody may have stopped it meanwhile.
    else await (isLate ? force(tree.pid) : table.signal(tree.pid, 'SIGCONT'));
    await delay(Math.min(LOOK_MS, round));
  }
  return forced.size;
}

/** All processes of a run but its shim. */
export async function membersOf(tree: RunTree, table: ProcessTable): Promise<readonly number[]> {
  return (await lookAt(tree, table)).members;
}

async function lookAt(tree: RunTree, table: ProcessTable): Promise<Look> {
  const processes = await table.list();
  const leader = processes.find((info) => info.pid === tree.pid);
  // Another process may have the pid of a shim that is gone; its descendants are no business of ours.
  const isAnother = leader !== undefined && tree.start !== undefined && leader.start !== tree.start;
  const members = new Set(isAnother ? [] : treeOf(tree.pid, processes).map((info) => info.pid));
  const alive = new Set(processes.map((info) => info.pid));
  for (const pid of await table.marked(RUN_MARK, tree.mark)) if (alive.has(pid)) members.add(pid);
  members.delete(tree.pid);
  for (const pid of tree.spare ?? []) members.delete(pid);
  return { members: [...members], shimLives: leader !== undefined && tree.start !== undefined && !isAnother };
}
