import type { BatchNode } from './batch-node.ts';
import type { DependencyNode } from './dependency-node.ts';
import type { DueNode } from './due-node.ts';
import type { FileNode } from './file-node.ts';
import type { GradeNode } from './grade-node.ts';
import type { GroupNode } from './group-node.ts';
import type { MoreNode } from './more-node.ts';
import type { RunNode } from './run-node.ts';
import type { TaskNode } from './task-node.ts';
import type { UndeclaredNode } from './undeclared-node.ts';

/** Everything that has a row in the task tree. Commands get these as arguments. */
export type TreeNode = GroupNode | BatchNode | TaskNode | DueNode | RunNode | DependencyNode | FileNode | GradeNode | UndeclaredNode | MoreNode;

/** A node whose rows come from a plan. */
export type BranchNode = GroupNode | BatchNode;
