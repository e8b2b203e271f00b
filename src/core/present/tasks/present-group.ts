import type { Counts, TaskGroup } from '../../engine/engine-port.ts';
import type { Face } from '../face.ts';
import { roleLabel } from '../roles/role-label.ts';

const TITLES: Readonly<Record<TaskGroup, { readonly label: string; readonly icon: string }>> = {
  running: { label: 'Running', icon: 'play' },
  waiting: { label: 'Waiting', icon: 'watch' },
  scheduled: { label: 'Scheduled', icon: 'calendar' },
  finished: { label: 'Finished', icon: 'history' },
};

/** In the order they are shown. */
export const TASK_GROUPS: readonly TaskGroup[] = ['running', 'waiting', 'scheduled', 'finished'];

/** A group of tasks by where they stand, and so many schedules among them. */
export function presentGroup(group: TaskGroup, counts: Counts, paused: boolean, schedules = 0): Face {
  const { label, icon } = TITLES[group];
  const count = counts[group];
  const isPaused = paused && group === 'waiting';
  const note = isPaused ? 'queue paused' : schedules > 0 ? `${schedules} ${schedules === 1 ? 'schedule' : 'schedules'}` : group === 'finished' && counts.failed > 0 ? `${counts.failed} failed` : undefined;
  // Of schedules alone there are no tasks to count.
  const countText = count === 0 && schedules > 0 ? undefined : String(count);
  const description = [countText, note].filter((part) => part !== undefined).join(' · ');
  return {
    label,
    description,
    icon: isPaused ? 'debug-pause' : icon,
    accessibility: [label, countText === undefined ? undefined : tasks(count), note].filter((part) => part !== undefined).join(', '),
    contextValue: `group-${group}`,
  };
}

/** A group of tasks that have a type, role or agent in common. */
export function presentBucket(field: 'type' | 'role' | 'agent' | 'milestone', value: string | undefined, tally: Tally): Face {
  const label = value === undefined ? `No ${field}` : field === 'role' ? roleLabel(value) : value;
  const of = (count: number, isAll: boolean, word: string): string | undefined => (count > 0 ? `${count}${isAll ? '' : '+'} ${word}` : undefined);
  const parts = [
    of(tally.running, true, 'running'),
    of(tally.waiting, tally.isWaitingWhole, 'waiting'),
    of(tally.finished, tally.isFinishedWhole, 'finished'),
    of(tally.failed, tally.isFinishedWhole, 'failed'),
  ].filter((part) => part !== undefined);
  return {
    label,
    description: parts.join(' · '),
    icon: { type: 'symbol-class', role: 'organization', agent: 'hubot', milestone: 'milestone' }[field],
    accessibility: [value === undefined ? label : `${field} ${label}`, ...parts].join(', '),
    contextValue: `group-${field}`,
  };
}

export interface Tally {
  readonly running: number;
  /** Waiting or scheduled. */
  readonly waiting: number;
  readonly finished: number;
  readonly failed: number;
  /** Whether there are no more than those counted. */
  readonly isWaitingWhole: boolean;
  readonly isFinishedWhole: boolean;
}

function tasks(count: number): string {
  return count === 1 ? '1 task' : `${count} tasks`;
}
