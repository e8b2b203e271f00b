import type { HoldView } from '../../model/files/hold.ts';
import { describeWait } from './describe-wait.ts';

/** What a hold waits for, as half a sentence: `waits for data.json, held by “Sweep 3” for 42 s`. */
export function describeObstacle(obstacle: HoldView['obstacle'], now: number): string {
  if (obstacle === undefined) return 'gets its files next';
  const { path, holder, waiting, since } = obstacle;
  if (holder.type === 'editor') return describeWait({ type: 'editor', path, since: since ?? now }, now);
  return describeWait({ type: 'lock', path, mode: 'write', holder, waiting, since }, now);
}
