import type { TaskId } from '../../model/ids.ts';
import type { EnginePort, TaskQuery, TaskView } from '../engine-port.ts';

/** Tasks that are asked for at once; a larger answer would hold up the engine. */
const PAGE = 1000;

/** All tasks of a group in its order, page by page; those after one that `isPast` are not asked for. */
export async function allTasks(engine: Pick<EnginePort, 'query'>, query: Pick<TaskQuery, 'group' | 'roots'>, isPast: (view: TaskView) => boolean = () => false): Promise<readonly TaskView[]> {
  // What moves from one page to another meanwhile is met twice.
  const found = new Map<TaskId, TaskView>();
  for (let offset = 0; ; offset += PAGE) {
    const { items, total } = await engine.query({ ...query, offset, limit: PAGE });
    for (const view of items) found.set(view.task.id, view);
    if (items.length === 0 || offset + items.length >= total || items.some(isPast)) return [...found.values()];
  }
}
