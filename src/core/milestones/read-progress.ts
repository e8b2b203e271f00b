import type { EnginePort } from '../engine/engine-port.ts';
import type { Milestone, MilestoneProgress } from '../model/roles/milestone.ts';
import { milestoneProgress } from './milestone-progress.ts';

/** How far milestones are by the tasks of these workspaces. */
export async function readProgress(engine: Pick<EnginePort, 'milestoneTasks' | 'scripts' | 'status'>, roots: readonly string[], milestones: readonly Milestone[], now: number): Promise<readonly MilestoneProgress[]> {
  if (milestones.length === 0 || roots.length === 0) return [];
  const [found, stats, { limits }] = await Promise.all([engine.milestoneTasks(roots, milestones), engine.scripts(roots), engine.status(roots)]);
  return milestones.map((milestone, index) => {
    const { done, rest } = found[index]!;
    return milestoneProgress(milestone, { tasks: rest, done, stats, width: limits.total, now });
  });
}
