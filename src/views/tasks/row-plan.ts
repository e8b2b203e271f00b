import type { BatchView, TaskView } from '../../core/engine/engine-port.ts';
import type { ScheduleView } from '../../core/model/schedules/schedule-view.ts';
import type { Face } from '../../core/present/face.ts';

/** What rows there should be, as data: made anew at each look at the engine, then compared with the rows there are. */
export type RowPlan = GroupPlan | BatchPlan | TaskPlan | DuePlan | MorePlan;

export interface GroupPlan {
  readonly kind: 'group';
  readonly key: string;
  readonly face: Face;
  readonly startsExpanded: boolean;
  /** `undefined` while nobody has looked below it. */
  readonly rows: readonly RowPlan[] | undefined;
}

export interface BatchPlan {
  readonly kind: 'batch';
  readonly batch: BatchView;
  readonly rows: readonly RowPlan[] | undefined;
}

export interface TaskPlan {
  readonly kind: 'task';
  readonly view: TaskView;
}

export interface DuePlan {
  readonly kind: 'due';
  readonly view: ScheduleView;
}

export interface MorePlan {
  readonly kind: 'more';
  readonly face: Face;
}

/** Unique among its siblings. */
export function planKey(plan: RowPlan): string {
  switch (plan.kind) {
    case 'group':
      return plan.key;
    case 'batch':
      return `batch-${plan.batch.id}`;
    case 'task':
      return String(plan.view.task.id);
    case 'due':
      return `schedule-${plan.view.schedule.id}`;
    case 'more':
      return 'more';
  }
}
