import type { MachinePoint } from '../../src/core/model/machine/machine-point.ts';
import type { Strategy } from '../../src/core/model/machine/strategy.ts';
import { longestGap } from './gap.ts';

/** A while in which one strategy was in force. */
export interface StrategyBand {
  readonly from: number;
  readonly to: number;
  readonly strategy: Exclude<Strategy, 'normal'>;
}

/** The whiles that were not normal. */
export function strategyBands(points: readonly MachinePoint[]): readonly StrategyBand[] {
  const bands: StrategyBand[] = [];
  let before: Strategy = 'normal';
  for (const { at, lasts, strategy } of points) {
    const isSame = strategy === before;
    before = strategy;
    if (strategy === 'normal') continue;
    const last = bands.at(-1);
    if (isSame && last !== undefined && at - last.to <= longestGap(lasts)) bands[bands.length - 1] = { ...last, to: at + lasts };
    else bands.push({ from: at, to: at + lasts, strategy });
  }
  return bands;
}
