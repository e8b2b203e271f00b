import { presentClaim } from '../core/present/present-claim.ts';
import { presentDependency } from '../core/present/present-dependency.ts';
import { presentRun } from '../core/present/present-run.ts';
import { DependencyNode } from './dependency-node.ts';
import { FileNode } from './file-node.ts';
import { RunNode } from './run-node.ts';
import type { TaskNode } from './task-node.ts';
import type { TaskSource } from './task-source.ts';
import type { TreeNode } from './tree-node.ts';

/** What stands below a task: its runs, the latest first, the tasks it comes after, the files it uses. */
export async function taskChildren(node: TaskNode, source: Pick<TaskSource, 'detail' | 'views'>, now: number): Promise<readonly TreeNode[]> {
  const detail = await source.detail(node.taskId);
  if (detail === undefined) return [];
  const upstream = detail.upstream.length === 0 ? [] : await source.views(detail.upstream.map(({ id }) => id));
  const { task } = detail;
  return [
    ...[...detail.runs].reverse().map((run) => new RunNode(node, run, presentRun(run, task, now))),
    ...upstream.map((view) => new DependencyNode(node, view, presentDependency(view, now))),
    ...task.spec.files.map((claim) => new FileNode(node, claim, presentClaim(claim, task.workspace))),
  ];
}
