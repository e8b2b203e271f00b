import type { Grade } from '../../assessment/grade.ts';
import type { TaskView } from '../../engine/engine-port.ts';
import type { Estimated } from '../../model/estimate.ts';
import { isFailed } from './batch-highlights.ts';
import { commandLine } from './command-line.ts';
import { describeGrade, describeReasons } from '../assessment/describe-grade.ts';
import { describeConflict, describeUndeclared } from './describe-run-files.ts';
import { escapeMarkdown, codeBlock } from '../format/escape-markdown.ts';
import { describeEstimate } from './describe-estimate.ts';
import { formatBytes } from '../format/format-bytes.ts';
import { formatCores } from '../format/format-cores.ts';
import { formatDuration } from '../format/format-duration.ts';
import { oneLine } from '../format/one-line.ts';
import { describeState } from './present-task.ts';
import { promptFacts } from '../agents/prompt-facts.ts';
import { roleLabel } from '../roles/role-label.ts';
import { tailBlock } from '../format/tail-block.ts';
import { timeOfDay } from '../format/time-of-day.ts';

const LONGEST_COMMAND = 600;
const FILES_NAMED = 3;

export interface TooltipContext {
  readonly now: number;
  /** The end of its standard error; empty when there is none. */
  readonly stderrTail: string;
  readonly locale?: string;
  /** Of its script, where it is known. */
  readonly grade?: Grade;
}

/** A small page about a task, as Markdown: state, command line, times, resources against estimates, last words. */
export function taskTooltip(view: TaskView, context: TooltipContext): string {
  const { task, run } = view;
  const command = commandLine(task.spec, run);
  const tail = tailBlock(context.stderrTail);
  // The page of a failed task is opened for its last words: they must not be scrolled for.
  const saysWhy = isFailed(view);
  return [
    `**${escapeMarkdown(oneLine(task.spec.name))}**`,
    escapeMarkdown(describeState(view, context.now)),
    codeBlock(command.length > LONGEST_COMMAND ? `${command.slice(0, LONGEST_COMMAND)}…` : command, task.spec.work.kind === 'prompt' ? 'markdown' : 'sh'),
    saysWhy ? tail : '',
    table([...promptFacts(view), ...files(view), ...times(view, context), ...resources(view), ...about(view, context)]),
    saysWhy ? '' : tail,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

type Row = readonly [name: string, value: string];

function times({ task, run }: TaskView, { now, locale }: TooltipContext): Row[] {
  const at = (moment: number): string => timeOfDay(moment, now, locale);
  const rows: Row[] = [];
  if (run?.startedAt === undefined || run.startedAt - task.submittedAt > 1000) rows.push(['Submitted', at(task.submittedAt)]);
  if (run?.startedAt !== undefined) {
    rows.push(['Started', at(run.startedAt)]);
    if (run.endedAt !== undefined) rows.push(['Ended', `${at(run.endedAt)}, after ${formatDuration(run.endedAt - run.startedAt)}`]);
  }
  // Of a prompt those that were turned away do not count.
  const most = task.spec.work.kind === 'prompt' ? '' : `, at most ${task.spec.retries + 1}`;
  if (task.attempts > 1 || task.spec.retries > 0) rows.push(['Attempts', `${task.attempts}${most}`]);
  return rows;
}

/** What it did to files that others rely on. */
function files({ task, run }: TaskView): Row[] {
  if (run === undefined) return [];
  const shown = (texts: readonly string[]): string => [...texts.slice(0, FILES_NAMED), ...(texts.length > FILES_NAMED ? [`and ${texts.length - FILES_NAMED} more`] : [])].join('; ');
  const conflicts = run.conflicts.map((conflict) => describeConflict(conflict, task.workspace));
  const undeclared = run.undeclared.map((write) => describeUndeclared(write, task.workspace));
  return [...(conflicts.length === 0 ? [] : [['Conflict', shown(conflicts)] as const]), ...(undeclared.length === 0 ? [] : [['Wrote without a claim', shown(undeclared)] as const])];
}

function resources({ task, run, estimate }: TaskView): Row[] {
  const { type } = task.spec;
  // What was guessed of a task is of no use once it has finished.
  const need = (figure: Estimated, format: (value: number) => string): string =>
    figure.source === 'guess' && task.state.status === 'finished' ? '' : `taken to need ${format(figure.value)} (${describeEstimate(figure, type)})`;
  const cpu = [run?.endedAt === undefined && run?.cores !== undefined ? `${formatCores(run.cores)} now` : '', cpuTime(run), need(estimate.cpu, formatCores)];
  const memory = [
    run?.endedAt === undefined && run?.memory !== undefined ? `${formatBytes(run.memory)} now` : '',
    run?.peakMemory === undefined ? '' : `peak ${formatBytes(run.peakMemory)}`,
    need(estimate.memory, formatBytes),
    task.spec.memoryLimit === undefined ? '' : `ended above ${formatBytes(task.spec.memoryLimit)}`,
  ];
  const rows: Row[] = [
    ['CPU', join(cpu)],
    ['Memory', join(memory)],
  ];
  return rows.filter(([, value]) => value !== '');
}

function cpuTime(run: TaskView['run']): string {
  return run?.userMs === undefined ? '' : `${formatDuration(run.userMs + (run.systemMs ?? 0))} used`;
}

function about({ task, run }: TaskView, { grade }: TooltipContext): Row[] {
  const { spec } = task;
  const rows: Row[] = [['Type', `${spec.type}, priority ${spec.priority}`]];
  if (spec.role !== undefined) rows.push(['Role', roleLabel(spec.role)]);
  if (spec.agent !== undefined) rows.push(['Agent', spec.agent]);
  if (spec.schedule !== undefined) rows.push(['Schedule', spec.schedule.name]);
  if (spec.timeoutMs !== undefined) rows.push(['Timeout', formatDuration(spec.timeoutMs)]);
  if (grade !== undefined) rows.push(['Grade', [describeGrade(grade), describeReasons(grade)].filter((part) => part !== '').join(', ')]);
  rows.push(['Folder', spec.cwd], ['Task', `#${task.id}${run?.pid === undefined || run.endedAt !== undefined ? '' : `, process ${run.pid}`}`]);
  return rows;
}

function join(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

function table(rows: readonly Row[]): string {
  return ['| | |', '|:--|:--|', ...rows.map(([name, value]) => `| ${name} | ${escapeMarkdown(value)} |`)].join('\n');
}
