import type { ScriptReport } from '../../core/assessment/report.ts';
import type { FileUse } from '../../core/model/files/file-use.ts';
import type { TaskDetail } from '../../core/engine/engine-port.ts';
import { unclaimedWrites } from '../../core/present/tasks/describe-run-files.ts';
import { presentClaim } from '../../core/present/tasks/present-claim.ts';
import { scriptOf } from '../../core/model/script-of.ts';
import { presentDependency } from '../../core/present/tasks/present-dependency.ts';
import { presentGrade } from '../../core/present/assessment/present-grade.ts';
import { presentRun } from '../../core/present/tasks/present-run.ts';
import { presentMoreUndeclared, presentUndeclared } from '../../core/present/tasks/present-undeclared.ts';
import { DependencyNode } from './dependency-node.ts';
import { FileNode } from './file-node.ts';
import { GradeNode } from './grade-node.ts';
import { inTheWay } from '../files/in-the-way.ts';
import { RunNode } from './run-node.ts';
import type { TaskNode } from './task-node.ts';
import type { TaskSource } from './task-source.ts';
import type { TreeNode } from './tree-node.ts';
import { UndeclaredNode } from './undeclared-node.ts';

/** Files written without a claim that have a row each. */
const MOST_UNDECLARED = 20;

export interface TaskSurroundings {
  /** Files in use on the machine. */
  readonly uses: readonly FileUse[];
  readonly now: number;
  readonly gradeOf: ((script: string) => Promise<ScriptReport | undefined>) | undefined;
}

/** What stands below a task: its runs, the latest first, the tasks it comes after, the files it uses, those it wrote without a claim, the grade of its script. */
export async function taskChildren(node: TaskNode, source: Pick<TaskSource, 'detail' | 'views'>, { uses, now, gradeOf }: TaskSurroundings): Promise<readonly TreeNode[]> {
  const detail = await source.detail(node.taskId);
  if (detail === undefined) return [];
  const upstream = detail.upstream.length === 0 ? [] : await source.views(detail.upstream.map(({ id }) => id));
  const { task } = detail;
  const script = scriptOf(task.spec.work);
  const graded = script === undefined ? undefined : await gradeOf?.(script);
  return [
    ...[...detail.runs].reverse().map((run) => new RunNode(node, run, presentRun(run, task, now))),
    ...upstream.map((view) => new DependencyNode(node, view, presentDependency(view, now))),
    ...task.spec.files.map((claim) => new FileNode(node, claim, presentClaim(claim, task.workspace, { holders: inTheWay(task, claim, uses) }))),
    ...undeclared(node, detail),
    ...(graded === undefined ? [] : [new GradeNode(node, graded.script.path, presentGrade(graded))]),
  ];
}

function undeclared(node: TaskNode, { task, run }: TaskDetail): readonly UndeclaredNode[] {
  const writes = run?.undeclared ?? [];
  if (writes.length === 0) return [];
  const open = new Set(unclaimedWrites({ task, run }));
  const rest = writes.slice(MOST_UNDECLARED);
  return [
    ...writes.slice(0, MOST_UNDECLARED).map((write) => new UndeclaredNode(node, [write.path], presentUndeclared(write, task.workspace, !open.has(write)))),
    ...(rest.length === 0 ? [] : [new UndeclaredNode(node, rest.map(({ path }) => path), presentMoreUndeclared(rest.length, rest.some((write) => open.has(write))))]),
  ];
}
