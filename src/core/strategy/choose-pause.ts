import type { MachineSample } from '../model/machine-sample.ts';
import type { TaskId } from '../model/ids.ts';
import type { Threshold } from '../model/strategy.ts';

export interface RunAtWork {
  readonly id: TaskId;
  readonly priority: number;
  readonly startedAt: number;
  /** Bytes in use. */
  readonly memory: number;
  readonly isPaused: boolean;
}

/** Who is paused next: the least urgent, of equals the one that began last; never the only one that is at work. */
export function choosePause(runs: readonly RunAtWork[]): RunAtWork | undefined {
  const atWork = runs.filter(({ isPaused }) => !isPaused);
  return atWork.length < 2 ? undefined : atWork.toSorted(byUrgency).at(-1);
}

/** Who goes on next: the most urgent that fits below the release level again; with nothing at work, whoever it is. */
export function chooseResume(runs: readonly RunAtWork[], { memoryTotal, memoryUsed }: Pick<MachineSample, 'memoryTotal' | 'memoryUsed'>, { enter }: Threshold): RunAtWork | undefined {
  const [first] = runs.filter(({ isPaused }) => isPaused).toSorted(byUrgency);
  if (first === undefined) return undefined;
  // A paused process keeps its memory, unless it was swapped out: it may need all of it again.
  const isIdle = runs.every(({ isPaused }) => isPaused);
  return isIdle || memoryUsed < memoryTotal * enter ? first : undefined;
}

function byUrgency(a: RunAtWork, b: RunAtWork): number {
  return a.priority - b.priority || a.startedAt - b.startedAt || a.id - b.id;
}
