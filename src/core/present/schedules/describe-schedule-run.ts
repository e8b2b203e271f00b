import type { ScheduleRunView } from '../../model/schedules/schedule-view.ts';
import type { Icon } from '../tasks/state-icon.ts';

/** What became of a due time: `succeeded`, `skipped, since the run before it had not ended`. */
export function describeScheduleRun({ state, progress }: Pick<ScheduleRunView, 'state' | 'progress'>): string {
  switch (state.type) {
    case 'queued':
      return progressText(progress);
    case 'waiting':
      return 'waits for the run before it to end';
    case 'skipped':
      return 'skipped, since the run before it had not ended';
    case 'refused':
      return `not queued: ${state.message}`;
    case 'failed':
      return `could not come due: ${state.message}`;
  }
}

export function scheduleRunIcon({ state, progress }: Pick<ScheduleRunView, 'state' | 'progress'>): Icon {
  if (state.type === 'refused' || state.type === 'failed') return { icon: 'error', iconColor: 'testing.iconFailed' };
  if (state.type === 'skipped') return { icon: 'debug-step-over', iconColor: 'testing.iconSkipped' };
  switch (progress) {
    case 'running':
      return { icon: 'play-circle', iconColor: 'charts.blue' };
    case 'succeeded':
      return { icon: 'pass', iconColor: 'testing.iconPassed' };
    case 'failed':
      return { icon: 'error', iconColor: 'testing.iconFailed' };
    case 'cancelled':
      return { icon: 'circle-slash', iconColor: 'testing.iconSkipped' };
    case 'gone':
      return { icon: 'circle-outline', iconColor: 'disabledForeground' };
    case 'waiting':
    case undefined:
      return { icon: 'circle-large-outline' };
  }
}

function progressText(progress: ScheduleRunView['progress']): string {
  switch (progress) {
    case 'waiting':
    case undefined:
      return 'queued';
    case 'gone':
      return 'taken out of the list';
    case 'running':
    case 'succeeded':
    case 'failed':
    case 'cancelled':
      return progress;
  }
}
