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

  /** The first entry of another task that conflicts with a claim; one in force before one that waits. */
  obstacle(task: TaskId, claim: LedgerClaim): LedgerEntry | undefined {
    let waiting: LedgerEntry | undefined;
    for (const entries of this.touching(claim.key)) {
      for (const entry of entries) {
        if (entry.task === task || !conflicts(entry.mode, claim.mode)) continue;
        if (entry.since !== undefined) return entry;
        waiting ??= entry;
      }
    }
    return waiting;
  }

  private *touching(key: string): Iterable<readonly LedgerEntry[]> {
    yield this.at.get(key) ?? [];
    yield this.below.get(key) ?? [];
    for (const folder of foldersAbove(key)) yield this.at.get(folder) ?? [];
  }
}

function push(map: Map<string, LedgerEntry[]>, key: string, entry: LedgerEntry): void {
  const entries = map.get(key);
  if (entries === undefined) map.set(key, [entry]);
  else entries.push(entry);
}

function* foldersAbove(key: string): Iterable<string> {
  for (let folder = path.dirname(key), child = key; folder !== child; child = folder, folder = path.dirname(folder)) yield folder;
}
