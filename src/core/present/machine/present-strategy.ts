import { assertNever } from '../../base/assert-never.ts';
import type { Measure, Strategy, StrategyReason, StrategyView } from '../../model/machine/strategy.ts';
import { formatShare } from '../format/format-share.ts';

export const MEASURE_NAMES: Readonly<Record<Measure, string>> = { cpu: 'CPU', memory: 'memory', disk: 'disk', pressure: 'pressure' };

/** What a strategy means for the queue. */
function describeStrategy(strategy: Strategy): string {
  switch (strategy) {
    case 'normal':
      return 'limits as configured';
    case 'conserve':
      return 'limits halved, urgent tasks first';
    case 'critical':
      return 'nothing new starts';
    default:
      return assertNever(strategy);
  }
}

/** The figure behind a strategy: `memory 92 %, threshold 85 %`. */
export function describeReason(reason: StrategyReason): string {
  return `${MEASURE_NAMES[reason.measure]} ${describeFigure(reason)}`;
}

/** What was measured, where its name is said already: `92 %, threshold 85 %`. */
export function describeFigure({ value, threshold }: StrategyReason): string {
  return `${formatShare(value)}, threshold ${formatShare(threshold)}`;
}

/** Why a strategy is in force, in one line. */
export function describeReasons({ strategy, reasons, pinned, growth }: StrategyView): string {
  if (pinned !== undefined) return 'pinned by you';
  if (reasons.length > 0) return reasons.map(describeReason).join('; ');
  if (strategy === 'normal' && growth > 1) return `room to spare: limits × ${growth}`;
  return describeStrategy(strategy);
}
