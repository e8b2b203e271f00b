import type { TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Face } from '../../core/present/face.ts';
import type { BranchNode } from './tree-node.ts';

/** A task. The node stays while the task changes, so that what is expanded below it stays. */
export class TaskNode {
  readonly kind = 'task';
  readonly id: string;
  readonly parent: BranchNode;
  readonly taskId: TaskId;
  view: TaskView;
  face: Face;

  constructor(id: string, parent: BranchNode, view: TaskView, face: Face) {
    this.id = id;
    this.parent = parent;
    this.taskId = view.task.id;
    this.view = view;
    this.face = face;
  }

  /** Whether there is something to show below it. */
  get hasChildren(): boolean {
    const { task } = this.view;
    return task.attempts > 0 || task.spec.after.length > 0 || task.spec.files.length > 0;
  }
}
