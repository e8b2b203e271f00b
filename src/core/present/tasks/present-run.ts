import { isForLater } from '../../model/agents/agent-evidence.ts';
import { sumReports } from '../../model/agents/prompt-spent.ts';
import type { Run } from '../../model/run.ts';
import type { Task } from '../../model/task.ts';
import { agentLabel } from '../agents/agent-label.ts';
import { describeOutcome } from './describe-outcome.ts';
import { turnWords } from '../agents/describe-turns.ts';
import type { Face } from '../face.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatClock, formatDuration } from '../format/format-duration.ts';
import { handoverWords } from '../agents/prompt-facts.ts';
import { formatSpan, runSpan } from '../format/run-span.ts';
import { outcomeIcon, type Icon } from './state-icon.ts';

/** One attempt at a task. */
export function presentRun(run: Run, task: Task, now: number): Face {
  const label = `Run ${run.attempt}`;
  const outcome = run.outcome === undefined ? undefined : describeOutcome(run.outcome);
  const span = runSpan(run, now);
  const description = [
    silentAgent(run, outcome),
    outcome ?? (run.startedAt === undefined ? 'starting' : undefined),
    span === undefined ? undefined : outcome === undefined ? formatClock(span) : formatSpan(span),
    ...(run.agent === undefined ? machineWords(run) : turnWords(sumReports([run.agent]))),
    handoverWords(run),
  ];
  return {
    label,
    description: description.filter((part) => part !== undefined).join(' · '),
    ...icon(run, task),
    accessibility: `${label}, ${outcome ?? (run.startedAt === undefined ? 'starting' : 'running')}`,
    contextValue: 'run hasLog',
  };
}

/** How it ended, by whom, and from whom it came to him; `undefined` while it lasts. */
export function describeRunEnd(run: Run): string | undefined {
  const outcome = run.outcome === undefined ? undefined : describeOutcome(run.outcome);
  return outcome === undefined ? undefined : [silentAgent(run, outcome), outcome, handoverWords(run)].filter((part) => part !== undefined).join(', ');
}

/** Who had it, where its end does not say so. */
function silentAgent({ agent }: Run, outcome: string | undefined): string | undefined {
  const label = agent === undefined ? undefined : agentLabel(agent.agent);
  return label === undefined || outcome?.includes(label) === true ? undefined : label;
}

function machineWords({ userMs, systemMs, peakMemory }: Run): readonly (string | undefined)[] {
  return [
    userMs === undefined ? undefined : `${formatDuration(userMs + (systemMs ?? 0))} CPU`,
    peakMemory === undefined ? undefined : `peak ${formatBytes(peakMemory)}`,
  ];
}

function icon(run: Run, task: Task): Icon {
  // Turned away, not gone wrong: the task went on elsewhere or later.
  if (run.outcome?.type === 'failed' && run.outcome.reason === 'agent' && isForLater(run.outcome.evidence)) return { icon: 'history', iconColor: 'testing.iconSkipped' };
  if (run.outcome !== undefined) return outcomeIcon(run.outcome, task.spec.expect);
  return run.startedAt === undefined ? { icon: 'loading~spin' } : { icon: 'play-circle', iconColor: 'charts.blue' };
}
