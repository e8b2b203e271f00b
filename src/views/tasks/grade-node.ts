import type { TaskId } from '../../core/model/ids.ts';
import type { Face } from '../../core/present/face.ts';
import type { TaskNode } from './task-node.ts';

/** The grade of the script that the task above runs. */
export class GradeNode {
  readonly kind = 'grade';
  readonly id: string;
  readonly parent: TaskNode;
  readonly taskId: TaskId;
  /** The script; absolute. */
  readonly path: string;
  readonly face: Face;

  constructor(parent: TaskNode, path: string, face: Face) {
    this.id = `${parent.id}/grade`;
    this.parent = parent;
    this.taskId = parent.taskId;
    this.path = path;
    this.face = face;
  }
}
