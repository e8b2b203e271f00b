import path from 'node:path';
import type { TaskView } from '../../core/engine/engine-port.ts';
import type { Run } from '../../core/model/run.ts';
import { commandLine } from '../../core/present/tasks/command-line.ts';
import { describeOutcome } from '../../core/present/tasks/describe-outcome.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { formatDuration } from '../../core/present/format/format-duration.ts';
import { oneLine } from '../../core/present/format/one-line.ts';
import { describeState } from '../../core/present/tasks/present-task.ts';
import { runSpan } from '../../core/present/format/run-span.ts';
import { timeOfDay } from '../../core/present/format/time-of-day.ts';
import { plainText } from './plain-text.ts';
import type { FileEnd } from './read-end.ts';

/** A log document: what ran and how it went, then both streams. */
export function logText(view: TaskView, run: Run, streams: { readonly stdout: FileEnd; readonly stderr: FileEnd }, now: number): string {
  return [...head(view, run, now), ...section('stdout', streams.stdout, run), ...section('stderr', streams.stderr, run)].join('\n');
}

/** What is known of a task that never ran. */
export function noLogText(view: TaskView, now: number): string {
  const { task } = view;
  return [
    titleOf(task),
    '',
    `  state     ${describeState(view, now)}`,
    `  command   ${oneLine(commandLine(task.spec, undefined))}`,
    '',
    task.state.status === 'finished' ? 'It never ran, so there is no output.' : 'It has not run yet, so there is no output.',
    '',
  ].join('\n');
}

/** Without a `#`: with that in front the editor takes many a number for a colour, and shows it. */
function titleOf({ id, spec }: TaskView['task']): string {
  return `${oneLine(spec.name)} (task ${id})`;
}

function head(view: TaskView, run: Run, now: number): string[] {
  const { task } = view;
  const time = (at: number | undefined): string | undefined => (at === undefined ? undefined : timeOfDay(at, now));
  const span = runSpan(run, now);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['state', run.outcome === undefined ? describeState(view, now) : describeOutcome(run.outcome)],
    ['command', oneLine(commandLine(task.spec, run))],
    ['folder', task.spec.cwd],
    ['started', time(run.startedAt)],
    ['ended', run.endedAt === undefined ? undefined : `${time(run.endedAt)!}${span === undefined ? '' : `, after ${formatDuration(span)}`}`],
    ['CPU time', run.userMs === undefined ? undefined : formatDuration(run.userMs + (run.systemMs ?? 0))],
    ['peak', run.peakMemory === undefined ? undefined : formatBytes(run.peakMemory)],
    ['process', run.pid === undefined || run.endedAt !== undefined ? undefined : String(run.pid)],
    ['files', run.folder],
  ];
  const title = `${titleOf(task)}${run.attempt > 1 || task.attempts > 1 ? `, attempt ${run.attempt}` : ''}`;
  return [title, '', ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(9)} ${value}`])), ''];
}

function section(name: 'stdout' | 'stderr', { text, before }: FileEnd, run: Run): string[] {
  const rule = `──── ${name} ${'─'.repeat(60)}`;
  if (text === '' && before === 0) return [rule, '(nothing)', ''];
  const missing = before === 0 ? [] : [`… the first ${formatBytes(before)} are left out here; all of it is in ${path.join(run.folder, name)} …`];
  const body = plainText(text);
  return [rule, ...missing, body.endsWith('\n') ? body.slice(0, -1) : body, ''];
}
