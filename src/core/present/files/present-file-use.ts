import type { FileUse } from '../../model/files/file-use.ts';
import { chiefHolder, describeHolders, useState } from './describe-users.ts';
import type { Face } from '../face.ts';
import { claimPlace } from '../format/file-place.ts';
import { coarseAge } from '../format/coarse-age.ts';
import { oneLine, shortLabel } from '../format/one-line.ts';
import type { Icon } from '../tasks/state-icon.ts';

const LONGEST_PLACE = 60;

export interface FileUseContext {
  /** The folders of this window. */
  readonly roots: readonly string[];
  readonly now: number;
  /** Somebody here wants to be told when it is free. */
  readonly isAwaited: boolean;
}

/** The row of a file in use: its place, and behind it who holds it in which mode for how long, and how many wait. */
export function presentFileUse(use: FileUse, { roots, now, isAwaited }: FileUseContext): Face {
  const place = oneLine(claimPlace(use, roots));
  const chief = chiefHolder(use);
  const since = chief?.since ?? use.waiters[0]?.since;
  return {
    label: shortLabel(place, LONGEST_PLACE),
    description: join([chief === undefined ? waitersOf(use) : describeHolders(use), since === undefined ? undefined : coarseAge(now - since), chief === undefined ? undefined : waitersOf(use)], ' · '),
    ...useIcon(use),
    ...(isAwaited && { icon: 'bell' }),
    accessibility: join([place, chief === undefined ? undefined : describeHolders(use, Infinity), waitersOf(use), isAwaited ? 'you will be told when it is free' : undefined], ', '),
    contextValue: ['use', ...fileWords(use, isAwaited)].join(' '),
  };
}

/** What menus may offer for a file in use. */
function fileWords({ holders, glob }: Pick<FileUse, 'holders' | 'glob'>, isAwaited: boolean): readonly string[] {
  const others = holders.filter(({ own }) => !own);
  return [
    ...(holders.length > 0 ? ['held'] : []),
    ...(holders.some(({ holder }) => holder.type !== 'editor') ? ['breakable'] : []),
    ...(isAwaited ? ['awaited'] : others.length > 0 && glob === '' ? ['awaitable'] : []),
  ];
}

export function useIcon(use: Pick<FileUse, 'holders'>): Icon {
  switch (useState(use)) {
    case 'written':
      return chiefHolder(use)?.holder.type === 'editor' ? { icon: 'edit' } : { icon: 'lock', iconColor: 'charts.blue' };
    case 'read':
      return { icon: 'eye' };
    case 'awaited':
      return { icon: 'watch' };
  }
}

function waitersOf({ waiting }: FileUse): string | undefined {
  return waiting === 0 ? undefined : `${waiting.toLocaleString('en')} waiting`;
}

function join(parts: readonly (string | undefined)[], between: string): string {
  return parts.filter((part) => part !== undefined).join(between);
}
