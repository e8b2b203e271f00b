import type { ShadowReport } from '../../model/machine/shadow-report.ts';
import { formatDuration } from '../format/format-duration.ts';

export interface ShadowFace {
  /** The figure that matters most. */
  readonly value: string;
  readonly figures: readonly { readonly label: string; readonly value: string }[];
}

/** What limits that were only written down would have cost and saved; `undefined` where there were none. */
export function presentShadow(report: ShadowReport): ShadowFace | undefined {
  const { isOn, limitedMs, heldBack, addedWaitMs, overMs, avoidableMs } = report;
  if (!isOn && limitedMs === 0) return undefined;
  const atMost = (ms: number): string => (ms === 0 ? 'none' : `≤ ${formatDuration(ms)}`);
  return {
    value: `${heldBack} held back`,
    figures: [
      { label: 'Limits, not applied', value: limitedMs === 0 ? 'never' : formatDuration(limitedMs) },
      { label: 'Waiting added', value: atMost(addedWaitMs) },
      { label: 'Over thresholds', value: overMs === 0 ? 'never' : formatDuration(overMs) },
      { label: 'Of it avoided', value: atMost(avoidableMs) },
    ],
  };
}
