import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** How long the event loop stood still at most meanwhile, milliseconds. The histogram holds the time between two timers of a millisecond each. */
export async function longestBlock(act: () => Promise<unknown>): Promise<number> {
  const histogram = monitorEventLoopDelay({ resolution: 1 });
  histogram.enable();
  await delay(20);
  histogram.reset();
  await act();
  await delay(5);
  histogram.disable();
  return Math.max(0, histogram.max / 1e6 - 1);
}
