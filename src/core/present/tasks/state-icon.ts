import { assertNever } from '../../base/assert-never.ts';
import type { TaskView } from '../../engine/engine-port.ts';
import { isAsExpected, type Expectation, type Outcome } from '../../model/outcome.ts';
import type { WaitReason } from '../../model/wait-reason.ts';
import type { IconColor } from './icon-color.ts';

export interface Icon {
  readonly icon: string;
  readonly iconColor?: IconColor;
}

const WARNING: IconColor = 'list.warningForeground';

/** The sign of where a task is. Only what is over in a moment spins: a spinner per running task would keep the screen busy. */
export function stateIcon({ task, run, wait }: Pick<TaskView, 'task' | 'run' | 'wait'>): Icon {
  const { state } = task;
  const isInConflict = run !== undefined && run.conflicts.length > 0;
  switch (state.status) {
    case 'queued':
      return state.held ? { icon: 'debug-pause' } : waitIcon(wait);
    case 'starting':
    case 'stopping':
      return { icon: 'loading~spin' };
    case 'paused':
      return { icon: 'debug-pause', iconColor: WARNING };
    case 'running':
      return { icon: 'play-circle', iconColor: isInConflict ? WARNING : 'charts.blue' };
    case 'finished':
      // What ended well may still have been written over.
      return isInConflict && isAsExpected(state.outcome, task.spec.expect) ? { icon: 'warning', iconColor: WARNING } : outcomeIcon(state.outcome, task.spec.expect);
    default:
      return assertNever(state);
  }
}

export function outcomeIcon(outcome: Outcome, expected: Expectation): Icon {
  const asExpected = isAsExpected(outcome, expected);
  switch (outcome.type) {
    case 'succeeded':
    case 'failed':
      return asExpected ? { icon: 'pass', iconColor: 'testing.iconPassed' } : { icon: 'error', iconColor: 'testing.iconFailed' };
    case 'timedOut':
    case 'spawnFailed':
      return { icon: 'error', iconColor: 'testing.iconFailed' };
    case 'cancelled':
      return { icon: 'circle-slash', iconColor: 'testing.iconSkipped' };
    case 'skipped':
      return { icon: 'debug-step-over', iconColor: 'testing.iconSkipped' };
    case 'lost':
      return { icon: 'question', iconColor: 'list.warningForeground' };
    default:
      return assertNever(outcome);
  }
}

function waitIcon(wait: WaitReason | undefined): Icon {
  switch (wait?.type) {
    case 'setAside':
      return { icon: 'warning', iconColor: 'list.warningForeground' };
    case 'held':
    case 'paused':
    case 'rolePaused':
      return { icon: 'debug-pause' };
    case 'schedule':
      return { icon: 'calendar' };
    case 'lock':
      return { icon: 'lock' };
    case 'editor':
      return { icon: 'edit' };
    case 'dependency':
      return { icon: 'link' };
    case 'resources':
      return wait.fits ? { icon: 'dashboard' } : { icon: 'warning', iconColor: 'list.warningForeground' };
    case 'agent':
      return { icon: 'sparkle' };
    case 'terminal':
      return { icon: 'terminal' };
    case 'strategy':
      return { icon: 'dashboard' };
    case 'typeLimit':
    case 'totalLimit':
    case 'backfill':
    case 'engine':
    case 'next':
    case undefined:
      return { icon: 'circle-large-outline' };
    default:
      return assertNever(wait);
  }
}
