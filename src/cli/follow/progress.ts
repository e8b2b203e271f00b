import type { BoardEvent, TaskBoard } from './task-board.ts';

/** How people are kept informed while tasks are followed. */
export interface Progress {
  /** Time between two looks at the figures of running tasks, milliseconds; `undefined` when only events are shown. */
  readonly interval: number | undefined;
  show(board: TaskBoard, events: readonly BoardEvent[], now: number): void;
  /** Takes away what should not stay on the screen. */
  end(): void;
}

export const silentProgress: Progress = { interval: undefined, show: () => undefined, end: () => undefined };
