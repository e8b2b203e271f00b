import type { ScheduleView } from '../../core/model/schedules/schedule-view.ts';
import type { Face } from '../../core/present/face.ts';

/** A schedule in its view. */
export class ScheduleNode {
  readonly kind = 'schedule';
  readonly id: string;
  view: ScheduleView;
  face: Face;

  constructor(view: ScheduleView, face: Face) {
    this.id = `schedule-${view.schedule.id}`;
    this.view = view;
    this.face = face;
  }
}
