import type { FileUse } from '../../core/model/files/file-use.ts';
import { useState, type UseState } from '../../core/present/files/describe-users.ts';
import { claimPlace } from '../../core/present/format/file-place.ts';
import { isInside } from '../../core/spec/paths.ts';

const RANKS: Readonly<Record<UseState, number>> = { written: 0, read: 1, awaited: 2 };
const names = new Intl.Collator('en', { numeric: true });

/** The uses that concern a window: of files in its folders, and of those that lie in no other window's. */
export function usesHere(uses: readonly FileUse[], roots: readonly string[], otherRoots: readonly string[]): readonly FileUse[] {
  return uses.filter(({ path }) => isBelow(path, roots) || !isBelow(path, otherRoots));
}

/** Written ones first, then those read, then those only waited for; by their places in each. */
export function orderedUses(uses: readonly FileUse[], roots: readonly string[]): readonly FileUse[] {
  const keyed = uses.map((use) => ({ use, rank: RANKS[useState(use)], place: claimPlace(use, roots) }));
  keyed.sort((a, b) => a.rank - b.rank || names.compare(a.place, b.place));
  return keyed.map(({ use }) => use);
}

/** Whether a file lies in one of the folders. */
export function isBelow(file: string, folders: readonly string[]): boolean {
  return folders.some((folder) => isInside(file, folder));
}
