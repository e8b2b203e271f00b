import type { TaskView } from '../../core/engine/engine-port.ts';
import { isAsExpected } from '../../core/model/outcome.ts';
import { runOfEnd } from '../../core/model/run-of-end.ts';
import { describeOutcome } from '../../core/present/tasks/describe-outcome.ts';
import { formatAgo, formatDuration } from '../../core/present/format/format-duration.ts';
import { describeEnd } from '../../core/present/tasks/present-task.ts';
import { runSpan } from '../../core/present/format/run-span.ts';
import type { Look } from '../terminal/style.ts';
import { printable } from '../terminal/text-width.ts';
import type { BoardEvent } from './task-board.ts';

/** Of what ends while somebody follows it. */
const JUST_NOW = formatAgo(0);

/** `#12 sweep.py` */
export function taskTitle({ task }: TaskView): string {
  return `#${task.id} ${printable(task.spec.name)}`;
}

/** What happened, behind the word for it: `#12 sweep.py: failed (exit 2) after 4.2 s`. */
export function eventText(event: BoardEvent, now: number): string {
  return printable(textOf(event, now));
}

function textOf({ type, view }: BoardEvent, now: number): string {
  const title = taskTitle(view);
  const { task, run } = view;
  switch (type) {
    case 'started':
      return task.attempts > 1 ? `${title}, attempt ${task.attempts}` : title;
    case 'retrying': {
      const again = task.state.status === 'queued' && task.state.readyAt > now ? ` in ${formatDuration(task.state.readyAt - now)}` : '';
      return `${title}: ${run?.outcome === undefined ? 'did not run' : describeOutcome(run.outcome)}, tries again${again}`;
    }
    case 'ended': {
      if (task.state.status !== 'finished') return title;
      const { outcome } = task.state;
      const end = describeOutcome(outcome);
      const span = outcome.type === 'skipped' || outcome.type === 'timedOut' || outcome.type === 'spawnFailed' ? undefined : runSpan(runOfEnd(view), now);
      // Between how it ended and what had been expected.
      const ago = formatAgo(now - task.state.finishedAt);
      return `${title}: ${end}${span === undefined ? '' : ` after ${formatDuration(span)}`}${describeEnd(task, outcome).slice(end.length)}${ago === JUST_NOW ? '' : `, ${ago}`}`;
    }
  }
}

/** How a task that is over is marked. */
export function endMark({ task: { state, spec } }: TaskView): { readonly text: string; readonly look: Look } {
  if (state.status !== 'finished') return { text: '·', look: 'dim' };
  if (!isAsExpected(state.outcome, spec.expect)) return state.outcome.type === 'cancelled' ? { text: '–', look: 'yellow' } : { text: '✘', look: 'red' };
  return state.outcome.type === 'skipped' ? { text: '–', look: 'yellow' } : { text: '✔', look: 'green' };
}
