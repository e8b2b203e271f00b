import path from 'node:path';
import type { TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import type { Outcome } from '../../core/model/outcome.ts';
import type { Task } from '../../core/model/task.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { formatDuration } from '../../core/present/format/format-duration.ts';
import { describeEnd } from '../../core/present/tasks/present-task.ts';
import { endMark, taskTitle } from '../follow/event-line.ts';
import { spanAndSum, type TaskTotals } from '../follow/task-totals.ts';
import { withoutLooks, type Style } from '../terminal/style.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';
import { printable, textWidth } from '../terminal/text-width.ts';
import { outputPlace, shortPath } from './output-place.ts';

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'task', shrinksTo: 12 },
  { title: 'type', shrinksTo: 8 },
  { title: 'outcome', shrinksTo: 12 },
  { title: 'wall time', align: 'right' },
  { title: 'CPU time', align: 'right' },
  { title: 'peak memory', align: 'right' },
  { title: 'output' },
];

export interface FinalTableOptions {
  readonly cwd: string;
  readonly style: Style;
  readonly width: number | undefined;
}

/** How each task ended, what it took and where its output is; then the whole against the sum of its parts, and what was skipped and why. */
export function finalTable(views: readonly TaskView[], totals: ReadonlyMap<TaskId, TaskTotals>, { cwd, style, width }: FinalTableOptions): string[] {
  const tableWith = (shown: (place: string) => string): string[] => renderTable(COLUMNS, views.map((view) => row(view, totals.get(view.task.id), shown)), { style, width });
  const whole = tableWith((place) => shortPath(place, cwd));
  const notes = [...totalLine(totals), ...skippedLine(views)];
  const tail = notes.length === 0 ? [] : ['', ...notes];
  if (width === undefined || widest(whole) <= width) return [...whole, ...tail];
  // In a narrow terminal the folder that all runs share is said once.
  const runs = views.flatMap(({ run }) => (run === undefined ? [] : [path.dirname(run.folder)]))[0];
  const brief = tableWith((place) => (path.dirname(place) === runs ? `…${path.sep}${path.basename(place)}` : shortPath(place, cwd)));
  return [...brief, ...(runs === undefined ? [] : [style('dim', `… is ${shortPath(runs, cwd)}`)]), ...tail];
}

function row(view: TaskView, totals: TaskTotals | undefined, shown: (place: string) => string): readonly Cell[] {
  const { state, spec, attempts } = view.task;
  const tries = attempts > 1 ? ` (${attempts} attempts)` : '';
  const mark = endMark(view);
  const outcome = state.status === 'finished' ? briefEnd(view.task, state.outcome) : state.status === 'queued' ? 'waiting' : state.status;
  const ran = totals?.startedAt !== undefined && state.status === 'finished';
  const place = outputPlace(view);
  return [
    mark,
    taskTitle(view),
    spec.type,
    mark.look === 'red' ? { text: outcome + tries, look: 'red' } : outcome + tries,
    ran ? formatDuration(totals.wallMs) : '',
    totals?.cpuMs === undefined ? '' : formatDuration(totals.cpuMs),
    totals?.peakMemory === undefined ? '' : formatBytes(totals.peakMemory),
    { text: place === undefined || !ran ? '' : shown(place), look: 'dim' },
  ];
}

function widest(lines: readonly string[]): number {
  return Math.max(...lines.map((line) => textWidth(withoutLooks(line))));
}

/** Without the sentence that says why it could not start or was lost: that stands below the table. */
function briefEnd(task: Task, outcome: Outcome): string {
  if (outcome.type === 'spawnFailed') return 'could not start';
  return outcome.type === 'lost' ? 'lost' : describeEnd(task, outcome);
}

function totalLine(totals: ReadonlyMap<TaskId, TaskTotals>): string[] {
  const { spanMs, sumMs } = spanAndSum(totals.values());
  const ran = [...totals.values()].filter(({ startedAt }) => startedAt !== undefined).length;
  if (ran < 2) return [];
  // Between tasks of different days, or attempts that were waited for, most of the time nothing ran.
  if (sumMs < spanMs / 2) return [`${ran} tasks ran for ${formatDuration(sumMs)} in all, within ${formatDuration(spanMs)}.`];
  // Those that waited for each other did run one after another.
  if (spanMs === 0 || sumMs <= spanMs * 1.05) return [`${ran} tasks ran in ${formatDuration(spanMs)}.`];
  return [`${ran} tasks ran in ${formatDuration(spanMs)}; one after another they would have taken ${formatDuration(sumMs)} (${(sumMs / spanMs).toFixed(1)} times as long).`];
}

function skippedLine(views: readonly TaskView[]): string[] {
  const namesByReason = new Map<string, string[]>();
  for (const view of views) {
    const { state } = view.task;
    if (state.status !== 'finished' || state.outcome.type !== 'skipped') continue;
    const { outcome } = state;
    const reason = outcome.reason === 'missing-program' ? `${outcome.program} is not installed` : `“${outcome.name}” did not succeed`;
    namesByReason.set(reason, [...(namesByReason.get(reason) ?? []), taskTitle(view)]);
  }
  const parts = [...namesByReason].map(([reason, names]) => `${names.join(', ')} (${reason})`);
  return parts.length === 0 ? [] : [printable(`Skipped: ${parts.join('; ')}.`)];
}
