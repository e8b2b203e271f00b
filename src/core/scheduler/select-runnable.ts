import { LockLedger, type Obstacle } from '../locks/lock-ledger.ts';
import { holderOfTask, type HolderId, type TaskId } from '../model/ids.ts';
import type { WaitReason } from '../model/wait-reason.ts';
import { ResourceLedger } from './resource-ledger.ts';
import type { Candidate, Snapshot, StrategyInForce } from './snapshot.ts';

/** Since when a lock is held that this very decision gives out. */
const STARTING_NOW = 0;

export interface Selection {
  /** What to start, in order. */
  readonly start: readonly TaskId[];
  /** Why each of the others waits. */
  readonly waits: ReadonlyMap<TaskId, WaitReason>;
  /** Of those that wait for a file: behind whom. Until that one has moved on there is no use in looking at them again. */
  readonly behind: ReadonlyMap<TaskId, HolderId>;
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
  const locks = new LockLedger(snapshot.locks);
  const resources = new ResourceLedger(snapshot);
  const start: TaskId[] = [];
  const waits = new Map<TaskId, WaitReason>();
  const behind = new Map<TaskId, HolderId>();
  const shutTypes = new Map(snapshot.limits.types.flatMap(({ name, shut }) => (shut === undefined ? [] : [[name, shut]])));

  for (const candidate of snapshot.waiting) {
    const never = resources.neverReason(candidate);
    const isIdle = snapshot.running.length + start.length === 0;
    const shut = never ?? shutTypes.get(candidate.type) ?? strategyReason(candidate, snapshot.strategy, isIdle);
    if (shut !== undefined) {
      // What this machine cannot hold, or not in this state, keeps nobody from a file.
      waits.set(candidate.id, shut);
      continue;
    }
    const holder = holderOfTask(candidate.id);
    const obstacle = locks.firstObstacle({ ...candidate, holder }, candidate.claims);
    if (obstacle !== undefined) behind.set(candidate.id, obstacle.behind);
    const reason = lockReason(obstacle) ?? resources.limitReason(candidate) ?? resources.roomReason(candidate);
    const since = reason === undefined ? STARTING_NOW : undefined;
    // Who waits for a person may wait long: meanwhile others have the files that he would have.
    if (reason?.type === 'editor') {
      waits.set(candidate.id, reason);
      continue;
    }
    for (const claim of candidate.claims) locks.add({ ...claim, holder, who: { type: 'task', id: candidate.id, name: candidate.name }, since, position: candidate.position });
    if (reason === undefined) {
      resources.admit(candidate);
      start.push(candidate.id);
    } else {
      waits.set(candidate.id, reason);
      if (reason.type === 'resources') resources.setHead(candidate);
    }
  }
  return { start, waits, behind };
}

/** In `conserve` something always runs. */
function strategyReason({ priority }: Candidate, inForce: StrategyInForce | undefined, isIdle: boolean): WaitReason | undefined {
  if (inForce === undefined || priority <= inForce.urgent || (isIdle && inForce.strategy === 'conserve')) return undefined;
  return { type: 'strategy', strategy: inForce.strategy, reasons: inForce.reasons };
}

function lockReason(obstacle: Obstacle | undefined): WaitReason | undefined {
  if (obstacle === undefined) return undefined;
  const { path, mode, who, since } = obstacle.shown;
  if (who.type === 'editor' && since !== undefined) return { type: 'editor', path, since };
  return { type: 'lock', path, mode, holder: who, waiting: since === undefined, since: since === STARTING_NOW ? undefined : since };
}
