import type { EnginePort, TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { CliWorld } from '../command-context.ts';
import type { InterruptSignal } from '../exit-code.ts';
import type { Progress } from './progress.ts';
import { TaskBoard } from './task-board.ts';
import { WakeUp } from '../../core/base/wake-up.ts';
import { isStoreError } from '../../core/store/store-error.ts';

const READ_AT_ONCE = 500;
/** Waiting tasks whose reasons are looked at anew while nothing happens to them. */
const REASONS_AT_ONCE = 8;
/** A store that cannot be read just now is read again after this time, for so long. */
const AGAIN_MS = 1000;
const PATIENCE_MS = 30_000;

export interface FollowOptions {
  readonly world: Pick<CliWorld, 'clock' | 'onInterrupt'>;
  readonly progress: Progress;
  /** The first Ctrl-C cancels the tasks instead of leaving them. */
  readonly cancelOnInterrupt: boolean;
  /** Whether a signal is meant for a task that has the terminal just now. */
  readonly isTerminalTaken: () => boolean;
  /** Asked when all are over: tasks to follow besides. */
  readonly more?: () => Promise<readonly TaskId[]>;
}

export interface Followed {
  readonly board: TaskBoard;
  /** The signal that ended the following or cancelled the tasks. */
  readonly signal: InterruptSignal | undefined;
}

/** Watches tasks until all of them are over, or a signal says to leave. */
export async function followTasks(engine: EnginePort, ids: readonly TaskId[], { world, progress, cancelOnInterrupt, isTerminalTaken, more }: FollowOptions): Promise<Followed> {
  const { clock } = world;
  const board = new TaskBoard(ids);
  const stale = new Set<TaskId>(ids);
  let signal: InterruptSignal | undefined;
  let isLeaving = false;
  const wakeUp = new WakeUp();
  const rouse = (): void => wakeUp.rouse();

  const watching = [
    engine.onDidChange(({ tasks }) => {
      for (const id of tasks ?? board.openIds) if (board.isOpen(id)) stale.add(id);
      rouse();
    }),
    world.onInterrupt((received) => {
      if (received === 'SIGINT' && isTerminalTaken()) return;
      isLeaving = !(cancelOnInterrupt && received === 'SIGINT' && signal === undefined);
      signal = received;
      if (!isLeaving) void engine.cancel(board.openIds).then(rouse, rouse);
      rouse();
    }),
  ];
  let stopTicking = (): void => undefined;
  const tick = (interval: number): void => {
    stopTicking = clock.after(interval, () => {
      for (const { task } of [...board.running, ...board.waiting.slice(0, REASONS_AT_ONCE)]) stale.add(task.id);
      tick(interval);
      rouse();
    });
  };
  if (progress.interval !== undefined) tick(progress.interval);

  const readPatiently = async (): Promise<readonly TaskView[]> => {
    const begunAt = clock.now();
    for (;;) {
      try {
        return await read(engine, [...stale], stale, board);
      } catch (error) {
        if (!isStoreError(error) || clock.now() - begunAt > PATIENCE_MS) throw error;
      }
      for (const id of board.openIds) stale.add(id);
      const cancel = clock.after(AGAIN_MS, rouse);
      await wakeUp.next();
      cancel();
      if (isLeaving) return [];
    }
  };

  try {
    for (;;) {
      const views = await readPatiently();
      progress.show(board, board.update(views), clock.now());
      if (board.isOver && !isLeaving && more !== undefined) {
        board.add(await more());
        for (const id of board.openIds) stale.add(id);
        if (!board.isOver) continue;
      }
      if (board.isOver || isLeaving) return { board, signal };
      await wakeUp.next();
    }
  } finally {
    stopTicking();
    progress.end();
    for (const each of watching) each.dispose();
  }
}

async function read(engine: EnginePort, ids: readonly TaskId[], stale: Set<TaskId>, board: TaskBoard): Promise<readonly TaskView[]> {
  const found: TaskView[] = [];
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    const part = ids.slice(from, from + READ_AT_ONCE);
    // Before the look, so that a change during it makes them stale again.
    for (const id of part) stale.delete(id);
    const views = await engine.views(part);
    const seen = new Set(views.map(({ task }) => task.id));
    board.forget(part.filter((id) => !seen.has(id)));
    found.push(...views);
  }
  return found;
}
