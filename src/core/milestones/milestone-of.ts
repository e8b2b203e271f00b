import type { Milestone } from '../model/roles/milestone.ts';
import type { TaskSpec } from '../model/spec.ts';
import { belongsTo } from '../spec/belongs-to.ts';

/** The first milestone that a task belongs to. */
export function milestoneOf(milestones: readonly Milestone[], spec: Pick<TaskSpec, 'name' | 'tags'>): Milestone | undefined {
  return milestones.find((milestone) => belongsTo(milestone, spec));
}
