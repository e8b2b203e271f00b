import type { TaskView } from '../../core/engine/engine-port.ts';
import { describeWait } from '../../core/present/tasks/describe-wait.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';
import { formatCores } from '../../core/present/format/format-cores.ts';
import { formatClock } from '../../core/present/format/format-duration.ts';
import { withoutLooks, type Style } from '../terminal/style.ts';
import { renderTable, type Cell, type Column } from '../terminal/table.ts';
import { cut, printable, textWidth } from '../terminal/text-width.ts';
import { taskTitle } from './event-line.ts';
import type { TaskBoard } from './task-board.ts';

const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const WAITING_SHOWN = 3;
/** In a lower terminal there is room for the bar alone. */
const LEAST_ROWS = 6;
const BAR_WIDTH = 24;

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: '', shrinksTo: 12 },
  { title: '', shrinksTo: 6 },
  { title: '', align: 'right' },
  { title: '', align: 'right' },
  { title: '', align: 'right' },
];

export interface BlockFrame {
  readonly now: number;
  readonly startedAt: number;
  readonly columns: number;
  readonly rows: number;
  /** Counts redraws. */
  readonly turn: number;
  readonly style: Style;
}

/** What runs, what waits and why, and how far it all is: never wider nor higher than the terminal. */
export function progressBlock(board: TaskBoard, frame: BlockFrame): string[] {
  const width = Math.max(1, frame.columns - 1);
  const { running, waiting } = board;
  const summary = bar(board, running.length, waiting.length, width, frame);
  if (frame.rows < LEAST_ROWS) return [summary];
  // One row for the cursor, one for the bar, and two for the counts of those that found no place.
  const room = Math.max(1, frame.rows - 4);
  const shownWaiting = waiting.slice(0, Math.min(WAITING_SHOWN, Math.max(0, room - running.length)));
  const shownRunning = running.slice(0, room - shownWaiting.length);
  return [
    ...runningLines(shownRunning, width, frame),
    ...more(running.length - shownRunning.length, 'running', width, frame.style),
    ...shownWaiting.map((view) => frame.style('dim', cut(printable(`· ${taskTitle(view)}: ${waitText(view, frame.now)}`), width))),
    ...more(waiting.length - shownWaiting.length, 'waiting', width, frame.style),
    summary,
  ];
}

function runningLines(views: readonly TaskView[], width: number, frame: BlockFrame): string[] {
  const rows = views.map((view) => runningRow(view, frame));
  const lines = renderTable(COLUMNS, rows, { titles: false, width, style: frame.style });
  if (lines.every((line) => textWidth(withoutLooks(line)) <= width)) return lines;
  return renderTable(COLUMNS.slice(0, 2), rows.map((row) => row.slice(0, 2)), { titles: false, width, style: frame.style }).map((line) => cut(withoutLooks(line), width));
}

function runningRow(view: TaskView, { now, turn }: BlockFrame): readonly Cell[] {
  const { state, spec } = view.task;
  const since = state.status === 'running' || state.status === 'stopping' ? state.startedAt : now;
  const spinner = SPINNER[turn % SPINNER.length]!;
  return [
    { text: spinner, look: 'cyan' },
    taskTitle(view),
    { text: state.status === 'running' ? spec.type : state.status, look: 'dim' },
    formatClock(now - since),
    view.run?.cores === undefined ? '' : formatCores(view.run.cores),
    view.run?.memory === undefined ? '' : formatBytes(view.run.memory),
  ];
}

function waitText({ task, wait }: TaskView, now: number): string {
  if (task.state.status === 'queued' && task.state.held) return describeWait(wait?.type === 'setAside' ? wait : { type: 'held' }, now);
  return wait === undefined ? 'waits' : describeWait(wait, now);
}

function more(count: number, word: string, width: number, style: Style): string[] {
  return count > 0 ? [style('dim', cut(`  … ${count} more ${word}`, width))] : [];
}

function bar(board: TaskBoard, running: number, waiting: number, width: number, { now, startedAt, style }: BlockFrame): string {
  const parts = [
    `${board.finished} of ${board.total}`,
    ...(board.unexpected > 0 ? [`${board.unexpected} not as expected`] : []),
    ...(running > 0 ? [`${running} running`] : []),
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    formatClock(now - startedAt),
  ];
  const text = parts.join(' · ');
  const length = Math.min(BAR_WIDTH, width - text.length - 2);
  if (length < 4) return cut(text, width);
  const done = board.total === 0 ? length : Math.floor((board.finished / board.total) * length);
  return `${style(board.unexpected > 0 ? 'red' : 'green', '━'.repeat(done))}${style('dim', '─'.repeat(length - done))}  ${text}`;
}
