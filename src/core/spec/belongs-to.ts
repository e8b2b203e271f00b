import { globMatches } from '../locks/glob-overlap.ts';
import type { Milestone } from '../model/roles/milestone.ts';
import type { TaskSpec } from '../model/spec.ts';

/** Whether a task is one of those that make a milestone. */
export function belongsTo({ tasks, tags }: Pick<Milestone, 'tasks' | 'tags'>, { name, tags: own = [] }: Pick<TaskSpec, 'name' | 'tags'>): boolean {
  return own.some((tag) => tags.includes(tag)) || tasks.some((pattern) => pattern === name || globMatches(pattern, name));
}
