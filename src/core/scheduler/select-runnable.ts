import { LockLedger } from '../locks/lock-ledger.ts';
import type { TaskId } from '../model/ids.ts';
import type { WaitReason } from '../model/wait-reason.ts';
import { ResourceLedger } from './resource-ledger.ts';
import type { Candidate, Snapshot } from './snapshot.ts';

/** Since when a lock is held that this very decision gives out. */
const STARTING_NOW = 0;

export interface Selection {
  /** What to start, in order. */
  readonly start: readonly TaskId[];
  /** Why each of the others waits. */
  readonly waits: ReadonlyMap<TaskId, WaitReason>;
}

/**
 * Decides what to start now. Pure: no clock, no store, no side effects.
 *
 * Candidates are served in queue order. The first that only lacks cores or memory becomes the *head*: those behind it may
 * overtake, but only with what the head will not need once everything before it has ended (EASY backfill with unknown run
 * times: Mu'alem and Feitelson, "Utilization, Predictability, Workloads, and User Runtime Estimates", 2001). Claims are
 * first come, first served. With nothing running, the first task that the machine can hold at all starts.
 */
export function selectRunnable(snapshot: Snapshot): Selection {
  const locks = new LockLedger();
  for (const lock of snapshot.locks) locks.add(lock);
  const resources = new ResourceLedger(snapshot);
  const start: TaskId[] = [];
  const waits = new Map<TaskId, WaitReason>();

  for (const candidate of snapshot.waiting) {
    const never = resources.neverReason(candidate);
    if (never !== undefined) {
      // What this machine can never hold keeps nobody from a file.
      waits.set(candidate.id, never);
      continue;
    }
    const reason = lockReason(candidate, locks) ?? resources.limitReason(candidate) ?? resources.roomReason(candidate);
    const since = reason === undefined ? STARTING_NOW : undefined;
    for (const claim of candidate.claims) locks.add({ ...claim, task: candidate.id, name: candidate.name, since });
    if (reason === undefined) {
      resources.admit(candidate);
      start.push(candidate.id);
    } else {
      waits.set(candidate.id, reason);
      if (reason.type === 'resources') resources.setHead(candidate);
    }
  }
  return { start, waits };
}

function lockReason(candidate: Candidate, locks: LockLedger): WaitReason | undefined {
  for (const claim of candidate.claims) {
    const obstacle = locks.obstacle(candidate.id, claim);
    if (obstacle !== undefined) {
      const waiting = obstacle.since === undefined;
      return { type: 'lock', path: obstacle.path, mode: obstacle.mode, holder: { id: obstacle.task, name: obstacle.name, waiting }, since: obstacle.since === STARTING_NOW ? undefined : obstacle.since };
    }
  }
  return undefined;
}
