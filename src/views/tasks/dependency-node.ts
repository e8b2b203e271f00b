import type { TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Face } from '../../core/present/face.ts';
import type { TaskNode } from './task-node.ts';

/** A task that the one above it comes after. */
export class DependencyNode {
  readonly kind = 'dependency';
  readonly id: string;
  readonly parent: TaskNode;
  /** The task that comes first. */
  readonly taskId: TaskId;
  readonly view: TaskView;
  readonly face: Face;

  constructor(parent: TaskNode, view: TaskView, face: Face) {
    this.id = `${parent.id}/after-${view.task.id}`;
    this.parent = parent;
    this.taskId = view.task.id;
    this.view = view;
    this.face = face;
  }
}
