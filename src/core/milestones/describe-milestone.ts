import type { MilestoneProgress } from '../model/roles/milestone.ts';
import { formatDuration } from '../present/format/format-duration.ts';

const DAY = 86_400_000;

/** How a milestone stands, as half a sentence: `2 days late`, `blocked by 1 failed task`. */
export function describeMilestone({ state, failed, cancelled, blockers, expectedEnd, dueAt }: MilestoneProgress, now: number): string {
  switch (state) {
    case 'empty':
      return 'no tasks yet';
    case 'reached':
      return 'reached';
    case 'blocked':
      return failed > 0 ? `blocked by ${stopped(failed - cancelled, cancelled)} ${failed === 1 ? 'task' : 'tasks'}` : `blocked: ${blockers[0]?.why ?? 'nothing runs'}`;
    case 'late':
      return `${formatDelay((expectedEnd ?? now) - dueAt!)} late`;
    case 'onTrack':
      return expectedEnd === undefined ? 'under way' : `done in about ${formatDuration(expectedEnd - now)}`;
  }
}

function stopped(failed: number, cancelled: number): string {
  return [...(failed > 0 ? [`${failed} failed`] : []), ...(cancelled > 0 ? [`${cancelled} cancelled`] : [])].join(' and ');
}

/** A day is due as a whole: what is more than one late is counted in days. */
function formatDelay(ms: number): string {
  const days = Math.floor(ms / DAY);
  return days === 0 ? formatDuration(ms) : `${days} ${days === 1 ? 'day' : 'days'}`;
}
