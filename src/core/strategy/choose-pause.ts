import type { TaskId } from '../model/ids.ts';

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

/** Who goes on next, as long as memory has room: the most urgent. With nothing at work it goes on in any case: a paused process keeps its memory, and would wait for itself. */
export function chooseResume(runs: readonly RunAtWork[], hasRoom: boolean): RunAtWork | undefined {
  const isIdle = runs.every(({ isPaused }) => isPaused);
  return isIdle || hasRoom ? runs.filter(({ isPaused }) => isPaused).toSorted(byUrgency)[0] : undefined;
}

function byUrgency(a: RunAtWork, b: RunAtWork): number {
  return a.priority - b.priority || a.startedAt - b.startedAt || a.id - b.id;
}
