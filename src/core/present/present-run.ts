import type { Run } from '../model/run.ts';
import type { Task } from '../model/task.ts';
import { describeOutcome } from './describe-outcome.ts';
import type { Face } from './face.ts';
import { formatBytes } from './format-bytes.ts';
import { formatClock, formatDuration } from './format-duration.ts';
import { formatSpan, runSpan } from './run-span.ts';
import { outcomeIcon, type Icon } from './state-icon.ts';

/** One attempt at a task. */
export function presentRun(run: Run, task: Task, now: number): Face {
  const label = `Run ${run.attempt}`;
  const outcome = run.outcome === undefined ? undefined : describeOutcome(run.outcome);
  const span = runSpan(run, now);
  const description = [
    outcome ?? (run.startedAt === undefined ? 'starting' : undefined),
    span === undefined ? undefined : outcome === undefined ? formatClock(span) : formatSpan(span),
    run.userMs === undefined ? undefined : `${formatDuration(run.userMs + (run.systemMs ?? 0))} CPU`,
    run.peakMemory === undefined ? undefined : `peak ${formatBytes(run.peakMemory)}`,
  ];
  return {
    label,
    description: description.filter((part) => part !== undefined).join(' · '),
    ...icon(run, task),
    accessibility: `${label}, ${outcome ?? (run.startedAt === undefined ? 'starting' : 'running')}`,
    contextValue: 'run hasLog',
  };
}

function icon(run: Run, task: Task): Icon {
  if (run.outcome !== undefined) return outcomeIcon(run.outcome, task.spec.expect);
  return run.startedAt === undefined ? { icon: 'loading~spin' } : { icon: 'play-circle', iconColor: 'charts.blue' };
}
