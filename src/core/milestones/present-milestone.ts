import type { Blocker, MilestoneProgress } from '../model/roles/milestone.ts';
import type { Face } from '../present/face.ts';
import { rowLabel } from '../present/format/one-line.ts';
import type { Icon } from '../present/tasks/state-icon.ts';
import { describeMilestone } from './describe-milestone.ts';

/** A milestone as a row. How it stands comes before its day, which a narrow side bar may cut off. */
export function presentMilestone(progress: MilestoneProgress, now: number): Face {
  const { milestone, succeeded, total } = progress;
  const stands = describeMilestone(progress, now);
  const parts = [total === 0 ? undefined : `${succeeded} of ${total}`, stands, milestone.due === undefined ? undefined : `due ${milestone.due}`].filter((part) => part !== undefined);
  return { label: rowLabel(milestone.name), description: parts.join(' · '), ...iconOf(progress), accessibility: [milestone.name, ...parts].join(', '), contextValue: 'milestone' };
}

/** What keeps a milestone back, as a row below it. */
export function presentBlocker({ task, name, why }: Blocker): Face {
  return { label: `#${task} ${rowLabel(name)}`, description: why, icon: 'warning', iconColor: 'list.warningForeground', accessibility: `${name} blocks: ${why}`, contextValue: 'milestoneBlocker' };
}

function iconOf({ state }: MilestoneProgress): Icon {
  switch (state) {
    case 'reached':
      return { icon: 'pass', iconColor: 'testing.iconPassed' };
    case 'blocked':
      return { icon: 'error', iconColor: 'testing.iconFailed' };
    case 'late':
      return { icon: 'warning', iconColor: 'list.warningForeground' };
    case 'empty':
    case 'onTrack':
      return { icon: 'milestone' };
  }
}
