import path from 'node:path';
import { conflicts } from '../model/files/claim.ts';
import type { Holder } from '../model/files/holder.ts';
import type { HolderId } from '../model/ids.ts';
import { claimsOverlap } from './claims-overlap.ts';
import type { KeyedClaim } from './keyed-claim.ts';

/** Who stands in the way of a claim. */
export interface LedgerEntry extends KeyedClaim {
  readonly holder: HolderId;
  readonly who: Holder;
  /** Since when it is in force; `undefined` for one that waits earlier in the queue. */
  readonly since: number | undefined;
  /** Place in the queue of one that waits; those behind a claim do not stand in its way. */
  readonly position?: number;
}

/** Who asks for a file. */
export interface Claimer {
  readonly holder: HolderId;
  /** Place in the queue, lower first; ties go to the lower holder. */
  readonly position: number;
  /** The task on whose behalf it asks: what that one holds does not hold it back. */
  readonly beside?: HolderId | undefined;
  /** Unsaved changes of people do not hold it back. */
  readonly overEditors?: boolean;
}

/** A claim that cannot be in force now. */
export interface Obstacle {
  /** Whom to name: one in force before one that waits. */
  readonly shown: LedgerEntry;
  /** The last that has to go first: looking again before it has moved on is in vain. */
  readonly behind: HolderId;
}

/**
 * Claims in force and claims that wait before others, during one decision. A claim on a folder covers everything below it.
 * Waiting claims count as well, so that whoever comes first is served first and readers cannot starve a writer.
 */
export class LockLedger {
  private readonly at = new Map<string, LedgerEntry[]>();
  /** Entries by each folder above them: what a claim on that folder would meet. */
  private readonly below = new Map<string, LedgerEntry[]>();

  constructor(entries: Iterable<LedgerEntry> = []) {
    for (const entry of entries) this.add(entry);
  }

  add(entry: LedgerEntry): void {
    push(this.at, entry.key, entry);
    for (const folder of foldersAbove(entry.key)) push(this.below, folder, entry);
  }

  /** What stands in the way of the first of these claims that cannot be in force. */
  firstObstacle(claimer: Claimer, claims: readonly KeyedClaim[]): Obstacle | undefined {
    for (const claim of claims) {
      const obstacle = this.obstacle(claimer, claim);
      if (obstacle !== undefined) return obstacle;
    }
    return undefined;
  }

  obstacle(claimer: Claimer, claim: KeyedClaim): Obstacle | undefined {
    let holder: LedgerEntry | undefined;
    let last: LedgerEntry | undefined;
    for (const entry of this.touching(claim.key)) {
      if (!standsInTheWay(entry, claimer, claim)) continue;
      if (entry.since !== undefined) holder ??= entry;
      else if (isBefore(entry, claimer) && (last === undefined || isBefore(last, { holder: entry.holder, position: entry.position ?? 0 }))) last = entry;
    }
    const shown = holder ?? last;
    return shown === undefined ? undefined : { shown, behind: (last ?? shown).holder };
  }

  private *touching(key: string): Iterable<LedgerEntry> {
    yield* this.at.get(key) ?? [];
    yield* this.below.get(key) ?? [];
    for (const folder of foldersAbove(key)) yield* this.at.get(folder) ?? [];
  }
}

function standsInTheWay(entry: LedgerEntry, claimer: Claimer, claim: KeyedClaim): boolean {
  if (entry.holder === claimer.holder || entry.holder === claimer.beside || !conflicts(entry.mode, claim.mode)) return false;
  // What is on disk can be read while somebody types.
  if (entry.who.type === 'editor' && (claimer.overEditors === true || claim.mode === 'read')) return false;
  return (entry.glob === '' && claim.glob === '') || claimsOverlap(entry, claim);
}

function isBefore(entry: LedgerEntry, { holder, position }: Claimer): boolean {
  const own = entry.position ?? 0;
  return own < position || (own === position && entry.holder < holder);
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
