import type { ChangeNotice, TaskPage } from '../core/engine/engine-port.ts';
import type { TaskId } from '../core/model/ids.ts';

/** Which tasks changed since the last look; `undefined` when there were too many to name. */
export type Changes = ReadonlySet<TaskId> | undefined;

export function mergeNotices(notices: readonly ChangeNotice[]): Changes {
  const ids = new Set<TaskId>();
  for (const { tasks } of notices) {
    if (tasks === undefined) return undefined;
    for (const id of tasks) ids.add(id);
  }
  return ids;
}

export function bothChanges(a: Changes, b: Changes): Changes {
  return a === undefined || b === undefined ? undefined : new Set([...a, ...b]);
}

export function touches(changes: Changes, page: TaskPage | undefined): boolean {
  return changes === undefined || (page?.items.some(({ task }) => changes.has(task.id)) ?? false);
}

/** Whether each task that changed stands in one of the pages. */
export function allWithin(changes: Changes, pages: readonly (TaskPage | undefined)[]): boolean {
  if (changes === undefined) return false;
  const shown = new Set(pages.flatMap((page) => page?.items.map(({ task }) => task.id) ?? []));
  return [...changes].every((id) => shown.has(id));
}
