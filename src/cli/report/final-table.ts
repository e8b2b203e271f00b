import type { TaskView } from '../../core/engine/engine-port.ts';
import type { TaskId } from '../../core/model/ids.ts';
import { formatBytes } from '../../core/present/format-bytes.ts';
import { formatDuration } from '../../core/present/format-duration.ts';
import { describeEnd } from '../../core/present/present-task.ts';
import { endMark, taskTitle } from '../follow/event-line.ts';
import { spanAndSum, type TaskTotals } from '../follow/task-totals.ts';
import type { Style } from '../terminal/style.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';
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
  const rows = views.map((view) => row(view, totals.get(view.task.id), cwd));
  return [...renderTable(COLUMNS, rows, { style, width }), ...totalLine(totals), ...skippedLine(views)];
}

function row(view: TaskView, totals: TaskTotals | undefined, cwd: string): readonly Cell[] {
  const { state, spec, attempts } = view.task;
  const tries = attempts > 1 ? ` (${attempts} attempts)` : '';
  const mark = endMark(view);
  const outcome = state.status === 'finished' ? describeEnd(view.task, state.outcome) : state.status === 'queued' ? 'waiting' : state.status;
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
    { text: place === undefined || !ran ? '' : shortPath(place, cwd), look: 'dim' },
  ];
}

function totalLine(totals: ReadonlyMap<TaskId, TaskTotals>): string[] {
  const { spanMs, sumMs } = spanAndSum(totals.values());
  const ran = [...totals.values()].filter(({ startedAt }) => startedAt !== undefined).length;
  if (ran < 2) return [];
  const ratio = spanMs > 0 ? ` (${(sumMs / spanMs).toFixed(1)} times as long)` : '';
  return ['', `${ran} tasks ran in ${formatDuration(spanMs)}; one after another they would have taken ${formatDuration(sumMs)}${ratio}.`];
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
  return parts.length === 0 ? [] : [`Skipped: ${parts.join('; ')}.`];
}
