import type { MachineSettings } from '../model/machine/machine-settings.ts';
import type { Strategy } from '../model/machine/strategy.ts';

/** Which roles give way to others, and since when just those do. */
export interface GiveWay {
  /** Roles of this priority or a less urgent one (a higher number); none when undefined, all when it is minus infinity. */
  readonly from: number | undefined;
  readonly since: number;
}

export const NOBODY_GIVES_WAY: GiveWay = { from: undefined, since: Number.NEGATIVE_INFINITY };
const EVERYBODY = Number.NEGATIVE_INFINITY;

/**
 * Who gives way next. Pure. `priorities` are those of the roles that have work. In `conserve` the least urgent of them gives way,
 * then one more with each dwell time, but never the most urgent, since something always runs; in `critical` all do. Afterwards they
 * come back in reverse order, one with each release time.
 */
export function nextGiveWay(before: GiveWay, strategy: Strategy, priorities: readonly number[], at: number, { dwellMs, releaseMs }: Pick<MachineSettings, 'dwellMs' | 'releaseMs'>): GiveWay {
  const from = before.from ?? Number.POSITIVE_INFINITY;
  const levels = [...new Set(priorities)].sort((a, b) => a - b);
  const open = levels.filter((level) => level < from);
  const shut = levels.filter((level) => level >= from);
  const hasLasted = (ms: number): boolean => at < before.since || at - before.since >= ms;
  const to = (next: number | undefined): GiveWay => (next === before.from ? before : { from: next, since: at });
  switch (strategy) {
    case 'critical':
      return to(EVERYBODY);
    case 'conserve':
      if (open.length === 0) return to(shut[1]);
      return open.length > 1 && hasLasted(dwellMs) ? to(open.at(-1)) : before;
    case 'normal':
      if (shut.length === 0) return to(undefined);
      return hasLasted(releaseMs) ? to(shut[1]) : before;
  }
}
