import path from 'node:path';
import { conflicts, type ClaimMode } from '../model/claim.ts';
import type { TaskId } from '../model/ids.ts';

export interface LedgerClaim {
  readonly key: string;
  readonly path: string;
  readonly mode: ClaimMode;
}

/** Who stands in the way of a claim. */
export interface LedgerEntry extends LedgerClaim {
  readonly task: TaskId;
  readonly name: string;
  /** Since when it is in force; `undefined` for one that waits earlier in the queue. */
  readonly since: number | undefined;
  /** Place in the queue of one that waits; those behind a claim do not stand in its way. */
  readonly position?: number;
}

/** A claim that cannot be in force now. */
export interface Obstacle {
  /** Whom to name: one in force before one that waits. */
  readonly shown: LedgerEntry;
  /** The last that has to go first: looking again before it has moved on is in vain. */
  readonly behind: TaskId;
}

/**
 * Claims in force and claims that wait before others, during one decision. A claim on a folder covers everything below it.
 * Waiting claims count as well, so that whoever comes first is served first and readers cannot starve a writer.
 */
export class LockLedger {
  private readonly at = new Map<string, LedgerEntry[]>();
  /** Entries by each folder above them: what a claim on that folder would meet. */
  private readonly below = new Map<string, LedgerEntry[]>();

  add(entry: LedgerEntry): void {
    push(this.at, entry.key, entry);
    for (const folder of foldersAbove(entry.key)) push(this.below, folder, entry);
  }

  /** What stands in the way of a claim of a task at this place in the queue. */
  obstacle(task: TaskId, claim: LedgerClaim, position = Number.POSITIVE_INFINITY): Obstacle | undefined {
    let holder: LedgerEntry | undefined;
    let last: LedgerEntry | undefined;
    for (const entries of this.touching(claim.key)) {
      for (const entry of entries) {
        if (entry.task === task || !conflicts(entry.mode, claim.mode)) continue;
        if (entry.since !== undefined) holder ??= entry;
        else if (isBefore(entry, position, task) && (last === undefined || isBefore(last, entry.position ?? 0, entry.task))) last = entry;
      }
    }
    const shown = holder ?? last;
    return shown === undefined ? undefined : { shown, behind: (last ?? shown).task };
  }

  private *touching(key: string): Iterable<readonly LedgerEntry[]> {
    yield this.at.get(key) ?? [];
    yield this.below.get(key) ?? [];
    for (const folder of foldersAbove(key)) yield this.at.get(folder) ?? [];
  }
}

function isBefore(entry: LedgerEntry, position: number, task: TaskId): boolean {
  const own = entry.position ?? 0;
  return own < position || (own === position && entry.task < task);
}

function push(map: Map<string, LedgerEntry[]>, key: string, entry: LedgerEntry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

/** From the nearest to the root. Keys have `/` between folders on every system. */
export function* foldersAbove(key: string): Iterable<string> {
  for (let folder = path.posix.dirname(key), child = key; folder !== child; child = folder, folder = path.posix.dirname(folder)) yield folder;
}
