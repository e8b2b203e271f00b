import type { TaskId } from '../../core/model/ids.ts';
import type { Face } from '../../core/present/face.ts';
import type { TaskNode } from './task-node.ts';

/** A file that the latest run of the task above wrote without a claim; at the end of a long list, the rest of them. */
export class UndeclaredNode {
  readonly kind = 'undeclared';
  readonly id: string;
  readonly parent: TaskNode;
  readonly taskId: TaskId;
  /** Absolute. */
  readonly paths: readonly string[];
  readonly face: Face;

  constructor(parent: TaskNode, paths: readonly string[], face: Face) {
    this.id = `${parent.id}/undeclared-${paths[0] ?? ''}`;
    this.parent = parent;
    this.taskId = parent.taskId;
    this.paths = paths;
    this.face = face;
  }
}
