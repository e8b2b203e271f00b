import type { TaskView } from '../../core/engine/engine-port.ts';
import { isAsExpected, type Outcome } from '../../core/model/outcome.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { runOfEnd } from '../../core/model/run-of-end.ts';
import type { Run } from '../../core/model/run.ts';
import type { Task, TaskState } from '../../core/model/task.ts';
import { commandLine } from '../../core/present/tasks/command-line.ts';
import { describeOutcome } from '../../core/present/tasks/describe-outcome.ts';
import { oneLine, shortLabel } from '../../core/present/format/one-line.ts';
import { describeEnd } from '../../core/present/tasks/present-task.ts';
import { formatSpan, runSpan } from '../../core/present/format/run-span.ts';

const RESET = '\u001b[0m';
const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RED = '\u001b[31m';
const GREEN = '\u001b[32m';
const YELLOW = '\u001b[33m';

const NEWEST_LINE = '\r\u001b[K';

/** Name of a task's terminal; with the task's number, so that two runs of one script can be told apart. */
export function terminalName(task: Task): string {
  return `${shortLabel(task.spec.name, 32)} #${task.id}`;
}

/** How a terminal calls the log, so that the words can be clicked; see `logLinkIn`. */
export function logName(id: TaskId): string {
  return `log of task #${id}`;
}

export function logLinkIn(line: string): { readonly start: number; readonly length: number; readonly id: number } | undefined {
  const match = /\blog of task #(\d+)\b/.exec(line);
  return match === null ? undefined : { start: match.index, length: match[0].length, id: Number(match[1]) };
}

export function header({ task }: TaskView, run: Run, isFirst: boolean): string {
  const attempt = run.attempt > 1 ? ` (attempt ${run.attempt})` : '';
  const hint = isFirst ? `${DIM}in ${oneLine(task.spec.cwd)} · Ctrl+C cancels the task, closing this terminal does not${RESET}\r\n` : '';
  return `${NEWEST_LINE}${BOLD}▶ ${oneLine(commandLine(task.spec, run))}${attempt}${RESET}\r\n${hint}\r\n`;
}

/** The line that says why the task waits; it replaces itself. `columns` keeps it on one line. */
export function waitingLine(reason: string, columns: number | undefined): string {
  const text = `◌ ${oneLine(reason)}`;
  return `${NEWEST_LINE}${YELLOW}${shortLabel(text, Math.max(10, (columns ?? 80) - 1))}${RESET}`;
}

/** What became of an attempt that is followed by another. */
export function attemptFooter(run: Run): string {
  const outcome = run.outcome === undefined ? 'ended' : describeOutcome(run.outcome);
  return `\r\n${YELLOW}✖ attempt ${run.attempt} ${oneLine(outcome)}${RESET}\r\n`;
}

export function footer(view: TaskView, state: Extract<TaskState, { status: 'finished' }>): string {
  const { task, run } = view;
  const span = runSpan(runOfEnd(view), state.finishedAt);
  const after = span === undefined ? '' : ` after ${formatSpan(span)}`;
  const isFine = state.outcome.type === 'succeeded' || isAsExpected(state.outcome, task.spec.expect);
  const end = `${isFine ? `${GREEN}✔` : `${RED}✖`} ${oneLine(describeEnd(task, state.outcome))}${after}${RESET}`;
  return `${NEWEST_LINE}\r\n${end}${run === undefined ? '' : `${DIM} · ${logName(task.id)}${RESET}`}\r\n`;
}

export function errorText(message: string): string {
  return `${NEWEST_LINE}${RED}${message.replaceAll('\n', '\r\n')}${RESET}\r\n`;
}

/** What the terminal of a task ends with. */
export function exitCodeOf(outcome: Outcome): number {
  if (outcome.type === 'succeeded') return 0;
  return outcome.type === 'failed' && outcome.reason === 'exit' ? outcome.code : 1;
}
