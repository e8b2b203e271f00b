import { isDeepStrictEqual } from 'node:util';
import { DEFAULT_MACHINE_SETTINGS, type MachineSettings } from '../../model/machine/machine-settings.ts';
import type { Measure, Threshold } from '../../model/machine/strategy.ts';
import { strictest } from './settled-limits.ts';

const SAFE = DEFAULT_MACHINE_SETTINGS;
/** What several do not agree on is done in the gentlest way. */
const GENTLE = ['wait', 'suspend', 'kill'] as const;

/** How the machine is watched, from what its engines were told: as `settledLimits`. Pure. */
export function settledMachine(told: readonly MachineSettings[]): MachineSettings {
  if (told.length === 0) return SAFE;
  if (told.length === 1) return told[0]!;
  const least = (of: 'periodMs' | 'dwellMs' | 'releaseMs' | 'ceiling', take = Math.min): number => strictest(told.map((each) => each[of]), SAFE[of], take);
  const ways = GENTLE.filter((way) => way !== SAFE.whenCritical && told.some(({ whenCritical }) => whenCritical === way));
  const yields = told.map(({ yieldFrom }) => yieldFrom ?? Number.POSITIVE_INFINITY).filter((from) => from !== SAFE.yieldFrom);
  const yieldFrom = yields.length === 0 ? SAFE.yieldFrom : Math.min(...yields);
  return {
    periodMs: least('periodMs'),
    thresholds: {
      cpu: lowest(told, 'cpu'),
      memory: lowest(told, 'memory'),
      disk: lowest(told, 'disk'),
      pressure: lowest(told, 'pressure'),
    },
    dwellMs: least('dwellMs'),
    releaseMs: least('releaseMs', Math.max),
    adaptive: told.every(({ adaptive }) => adaptive),
    ceiling: least('ceiling'),
    whenCritical: ways[0] ?? SAFE.whenCritical,
    yieldFrom: yieldFrom === Number.POSITIVE_INFINITY ? undefined : yieldFrom,
    shadow: told.some(({ shadow }) => shadow),
  };
}

/** Taken whole, since its levels belong together. */
function lowest(told: readonly MachineSettings[], measure: Measure): Threshold {
  const set = told.map(({ thresholds }) => thresholds[measure]).filter((threshold) => !isDeepStrictEqual(threshold, SAFE.thresholds[measure]));
  return set.sort((a, b) => a.enter - b.enter)[0] ?? SAFE.thresholds[measure];
}
