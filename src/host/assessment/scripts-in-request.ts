import path from 'node:path';
import { isPythonFile } from '../../core/assessment/find-scripts.ts';
import type { SubmitRequest } from '../../core/engine/engine-port.ts';

/** Python files that the tasks of a request would run, absolute, each once; what is wrong with the tasks the engine tells. */
export function scriptsInRequest({ tasks, base, workspace }: Pick<SubmitRequest, 'tasks' | 'base' | 'workspace'>): readonly string[] {
  const files = tasks.flatMap((task) => {
    const written = scriptIn(task);
    return written === undefined ? [] : [path.resolve(base ?? workspace, written)];
  });
  return [...new Set(files)].filter(isPythonFile);
}

function scriptIn(task: unknown): string | undefined {
  if (typeof task !== 'object' || task === null) return undefined;
  const { script, blender, function: called } = task as Readonly<Record<string, unknown>>;
  const file = script ?? blender;
  if (typeof file === 'string') return file;
  // `path/to/module.py:name`
  return typeof called === 'string' ? /^(.*\.py):\w+$/.exec(called)?.[1] : undefined;
}
