import type { TaskView } from '../engine/engine-port.ts';
import type { TaskId } from '../model/ids.ts';
import type { MachinePoint } from '../model/machine/machine-point.ts';
import { isFailure } from '../model/outcome.ts';
import type { Decision } from '../model/machine/strategy.ts';
import { describeOutcome } from '../present/tasks/describe-outcome.ts';
import { escapeInline } from '../present/format/escape-markdown.ts';
import { dateAndTime } from '../present/format/date-and-time.ts';
import { formatDuration } from '../present/format/format-duration.ts';
import { formatShare } from '../present/format/format-share.ts';
import { inLine } from '../present/format/right-to-left.ts';
import type { QueueTrouble } from './queue-troubles.ts';

export interface SummaryFacts {
  readonly finished: readonly TaskView[];
  readonly running: number;
  readonly waiting: number;
  readonly scheduled: number;
  readonly troubles: readonly QueueTrouble[];
  readonly points: readonly MachinePoint[];
  readonly decisions: readonly Decision[];
  /** The while that is told of; milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
}

/** How a page is written down: its headings, the number of a task, words of others. */
export interface SummaryStyle {
  readonly heading: (level: 1 | 2, text: string) => string;
  readonly task: (id: TaskId) => string;
  readonly words: (text: string) => string;
}

export const MARKDOWN: SummaryStyle = { heading: (level, text) => `${'#'.repeat(level)} ${text}`, task: (id) => `\\#${id}`, words: escapeInline };

const MOST = 20;

/** What happened in a day and what needs somebody. Pure. */
export function dailySummary(facts: SummaryFacts, style: SummaryStyle = MARKDOWN): string {
  const { heading, task: numbered, words } = style;
  const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', heading(2, title), '', ...items(lines)]);
  const ended = facts.finished.filter(({ task: { state } }) => state.status === 'finished' && state.finishedAt >= facts.from && state.finishedAt <= facts.to);
  const failed = ended.filter(({ task: { state, spec } }) => state.status === 'finished' && isFailure(state.outcome, spec.expect));
  const cpuMs = ended.reduce((sum, { run }) => sum + (run?.userMs ?? 0) + (run?.systemMs ?? 0), 0);
  const slowest = ended.flatMap((view) => (view.run?.startedAt === undefined || view.run.endedAt === undefined ? [] : [{ view, took: view.run.endedAt - view.run.startedAt }])).sort((a, b) => b.took - a.took).slice(0, 5);
  return [
    heading(1, 'Daily Summary'),
    '',
    `${dateAndTime(facts.from)} to ${dateAndTime(facts.to)}`,
    '',
    `- ${count(ended.length, 'task')} ended, ${failed.length} of them failed; ${formatDuration(cpuMs)} of CPU time`,
    `- ${facts.running} running, ${facts.waiting} waiting, ${facts.scheduled} scheduled now`,
    ...machineLines(facts),
    ...section('Failed', failed.map(({ task }) => `${numbered(task.id)} ${words(inLine(task.spec.name))}: ${task.state.status === 'finished' ? words(describeOutcome(task.state.outcome)) : ''}`)),
    ...section('Needs somebody', facts.troubles.map((trouble) => `${numbered(trouble.task)} ${words(inLine(trouble.name))}: ${words(trouble.why)}`)),
    ...section('Longest', slowest.map(({ view, took }) => `${numbered(view.task.id)} ${words(inLine(view.task.spec.name))}: ${formatDuration(took)}`)),
    ...section('The machine was short', facts.decisions.map(({ at, what }) => `${dateAndTime(at)}: ${words(what.replaceAll('`', ''))}`)),
    '',
  ].join('\n');
}

function machineLines({ points }: SummaryFacts): readonly string[] {
  if (points.length === 0) return [];
  const total = points.reduce((sum, { lasts }) => sum + lasts, 0);
  const mean = (of: (point: MachinePoint) => number): number => points.reduce((sum, point) => sum + of(point) * point.lasts, 0) / total;
  const spared = points.filter(({ strategy }) => strategy !== 'normal').reduce((sum, { lasts }) => sum + lasts, 0);
  const peak = Math.max(...points.map(({ memoryPeak }) => memoryPeak));
  return [`- CPU ${formatShare(mean(({ cpu }) => cpu))} and memory ${formatShare(mean(({ memory }) => memory))} on average, memory up to ${formatShare(peak)}${spared > 0 ? `; the queue was held back for ${formatDuration(spared)}` : ''}`];
}

function items(lines: readonly string[]): readonly string[] {
  const more = lines.length > MOST ? [`- and ${lines.length - MOST} more`] : [];
  return [...lines.slice(0, MOST).map((line) => `- ${line}`), ...more];
}

function count(n: number, word: string): string {
  return `${n} ${word}${n === 1 ? '' : 's'}`;
}
