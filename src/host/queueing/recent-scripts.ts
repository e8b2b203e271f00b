import type { TaskPort } from '../../core/engine/engine-port.ts';
import type { Work } from '../../core/model/spec.ts';
import type { TaskGroup } from '../../core/model/task-group.ts';

/** More than these are no shortcut. */
const MOST = 8;
const LOOK_AT = 100;
const GROUPS: readonly TaskGroup[] = ['running', 'waiting', 'finished'];

/** Scripts and prompt files of the tasks that were queued last below these roots, the latest first; absolute. */
export async function recentScripts(engine: Pick<TaskPort, 'query'>, roots: readonly string[]): Promise<readonly string[]> {
  const pages = await Promise.all(GROUPS.map((group) => engine.query({ group, roots, offset: 0, limit: LOOK_AT })));
  const tasks = pages.flatMap(({ items }) => items.map(({ task }) => task));
  tasks.sort((a, b) => b.submittedAt - a.submittedAt || b.id - a.id);
  return [...new Set(tasks.flatMap(({ spec }) => fileOf(spec.work) ?? []))].slice(0, MOST);
}

function fileOf(work: Work): string | undefined {
  if (work.kind === 'prompt') return work.file;
  return work.kind === 'script' || work.kind === 'blender' ? work.path : undefined;
}
