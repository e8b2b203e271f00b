import type { EnginePort } from '../engine/engine-port.ts';
import type { Milestone, MilestoneProgress } from '../model/milestone.ts';
import { milestoneProgress } from './milestone-progress.ts';

/** Tasks of each group that are looked at; the latest. */
const MOST_TASKS = 5000;
const GROUPS = ['running', 'waiting', 'scheduled', 'finished'] as const;

/** How far milestones are by the tasks of these workspaces. */
export async function readProgress(engine: Pick<EnginePort, 'query' | 'scripts' | 'status'>, roots: readonly string[], milestones: readonly Milestone[], now: number): Promise<readonly MilestoneProgress[]> {
  if (milestones.length === 0 || roots.length === 0) return [];
  const [pages, stats, { limits }] = await Promise.all([Promise.all(GROUPS.map((group) => engine.query({ group, roots, offset: 0, limit: MOST_TASKS }))), engine.scripts(roots), engine.status(roots)]);
  const tasks = pages.flatMap(({ items }) => items);
  return milestones.map((milestone) => milestoneProgress(milestone, { tasks, stats, width: limits.total, now }));
}
