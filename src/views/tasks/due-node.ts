import type { ScheduleView } from '../../core/model/schedules/schedule-view.ts';
import type { Face } from '../../core/present/face.ts';
import type { GroupNode } from './group-node.ts';

/** A schedule among the tasks, that comes due soon. */
export class DueNode {
  readonly kind = 'due';
  readonly id: string;
  readonly parent: GroupNode;
  view: ScheduleView;
  face: Face;

  constructor(id: string, parent: GroupNode, view: ScheduleView, face: Face) {
    this.id = id;
    this.parent = parent;
    this.view = view;
    this.face = face;
  }
}
