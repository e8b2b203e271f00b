import { err, ok, type Result } from '../base/result.ts';
import type { TaskSpec } from '../model/spec.ts';
import { findCycle } from './find-cycle.ts';
import { nearest } from './nearest.ts';
import { parseSpec } from './parse-spec.ts';
import type { Problem } from './problem.ts';
import { problemsOf } from './problems-of.ts';
import { BATCH_FIELDS, rawBatch, rawSpec } from './raw-spec.ts';
import type { SpecContext } from './spec-context.ts';

/** Tasks that were submitted together: all of them or none. */
export interface BatchSpec {
  readonly name: string;
  readonly tasks: readonly TaskSpec[];
}

/** A batch, or all that is wrong with it. */
export function parseBatch(value: unknown, context: SpecContext, fallbackName: string): Result<BatchSpec, readonly Problem[]> {
  const parsed = rawBatch.safeParse(value);
  if (!parsed.success) return err(problemsOf(parsed.error.issues, value, '', BATCH_FIELDS));
  const defaults = rawSpec.safeParse((value as { defaults?: unknown }).defaults ?? {});
  const problems: Problem[] = [];
  const tasks = parsed.data.tasks.flatMap((task, index) => {
    const spec = parseSpec(task, context, `tasks[${index}]`, defaults.data ?? {});
    if (!spec.ok) problems.push(...spec.error);
    return spec.ok ? [spec.value] : [];
  });
  if (problems.length > 0) return err(problems);
  const graph = checkGraph(tasks);
  return graph.length > 0 ? err(graph) : ok({ name: parsed.data.name ?? fallbackName, tasks });
}

/** Duplicate ids, dependencies on nothing, and cycles. */
function checkGraph(tasks: readonly TaskSpec[]): Problem[] {
  const problems: Problem[] = [];
  const indexByKey = new Map<string, number>();
  tasks.forEach((task, index) => {
    if (task.key === undefined) return;
    const first = indexByKey.get(task.key);
    if (first === undefined) indexByKey.set(task.key, index);
    else problems.push({ where: `tasks[${index}].id`, message: `\`${task.key}\` is already the id of tasks[${first}]; ids are unique in a batch` });
  });
  tasks.forEach((task, index) => {
    for (const key of task.after) {
      if (indexByKey.has(key) || /^#\d+$/.test(key)) continue;
      const near = nearest(key, indexByKey.keys());
      problems.push({ where: `tasks[${index}].after`, message: `there is no task \`${key}\` in this batch; ${near === undefined ? 'give the task that it waits for this `id`' : `did you mean \`${near}\`?`}` });
    }
  });
  if (problems.length > 0) return problems;
  const cycle = findCycle(tasks.map((task) => task.after.flatMap((key) => indexByKey.get(key) ?? [])));
  if (cycle === undefined) return [];
  const names = cycle.map((index) => tasks[index]!.key).join(' → ');
  return [{ where: `tasks[${cycle[0]}].after`, message: `a cycle, so none of these could ever start: ${names}; take one \`after\` away` }];
}
