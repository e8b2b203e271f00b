import type { EnginePort, TaskGroup } from '../core/engine/engine-port.ts';
import type { TaskId } from '../core/model/ids.ts';

const PAGE = 1000;
const GROUPS: readonly TaskGroup[] = ['running', 'waiting', 'scheduled'];

export interface OpenTasks {
  readonly due: readonly TaskId[];
  /** Held, or scheduled for a later time and never tried yet. */
  readonly later: readonly TaskId[];
}

/** What has not finished in a workspace. */
export async function openTasks(engine: EnginePort, workspace: string): Promise<OpenTasks> {
  const due = new Set<TaskId>();
  const later = new Set<TaskId>();
  for (const group of GROUPS) {
    for (let offset = 0; ; offset += PAGE) {
      const { items, total } = await engine.query({ group, roots: [workspace], offset, limit: PAGE });
      for (const { task } of items) {
        const isHeld = task.state.status === 'queued' && task.state.held;
        // A task that was tried before is scheduled for its next attempt.
        (isHeld || (group === 'scheduled' && task.attempts === 0) ? later : due).add(task.id);
      }
      if (items.length === 0 || offset + items.length >= total) break;
    }
  }
  return { due: [...due], later: [...later] };
}
