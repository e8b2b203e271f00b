import type { TaskId } from '../../core/model/ids.ts';
import type { Run } from '../../core/model/run.ts';
import type { Face } from '../../core/present/face.ts';
import type { TaskNode } from './task-node.ts';

/** One attempt at a task. */
export class RunNode {
  readonly kind = 'run';
  readonly id: string;
  readonly parent: TaskNode;
  readonly taskId: TaskId;
  readonly run: Run;
  readonly face: Face;

  constructor(parent: TaskNode, run: Run, face: Face) {
    this.id = `${parent.id}/run-${run.id}`;
    this.parent = parent;
    this.taskId = parent.taskId;
    this.run = run;
    this.face = face;
  }
}
