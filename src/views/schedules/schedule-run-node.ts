import type { ScheduleRunView } from '../../core/model/schedules/schedule-view.ts';
import type { Face } from '../../core/present/face.ts';
import type { ScheduleNode } from './schedule-node.ts';

/** One run below its schedule. */
export class ScheduleRunNode {
  readonly kind = 'scheduleRun';
  readonly id: string;
  readonly parent: ScheduleNode;
  readonly run: ScheduleRunView;
  readonly face: Face;

  constructor(parent: ScheduleNode, run: ScheduleRunView, face: Face) {
    this.id = `${parent.id}-${run.manual ? 'by-hand-' : ''}${run.dueAt}`;
    this.parent = parent;
    this.run = run;
    this.face = face;
  }
}

/** Everything that has a row in *Schedules*. Commands get these as arguments. */
export type SchedulesNode = ScheduleNode | ScheduleRunNode;
