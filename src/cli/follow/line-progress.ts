import { describeWait } from '../../core/present/tasks/describe-wait.ts';
import { formatClock } from '../../core/present/format/format-duration.ts';
import type { Output } from '../terminal/output.ts';
import { printable } from '../terminal/text-width.ts';
import { eventText, taskTitle } from './event-line.ts';
import type { Progress } from './progress.ts';
import type { BoardEvent, TaskBoard } from './task-board.ts';

/** One line for each event, for a pipe or a file. */
export class LineProgress implements Progress {
  readonly interval = undefined;
  private readonly output: Output;
  private readonly startedAt: number;
  private said = '';

  constructor(output: Output, startedAt: number) {
    this.output = output;
    this.startedAt = startedAt;
  }

  show(board: TaskBoard, events: readonly BoardEvent[], now: number): void {
    for (const event of events) this.line(event.type, eventText(event, now), now);
    this.explainStandstill(board, now);
  }

  end(): void {
    // Every line stays.
  }

  /** When nothing runs that could end, silence would look like a fault: say once what the next task waits for. */
  private explainStandstill(board: TaskBoard, now: number): void {
    const first = board.isOver || board.running.length > 0 ? undefined : board.waiting[0];
    if (first?.wait === undefined || first.wait.type === 'next') return;
    // When it tries again has just been said.
    if (first.wait.type === 'schedule' && first.task.attempts > 0) return;
    const key = `${first.task.id} ${first.wait.type}`;
    if (key === this.said) return;
    this.said = key;
    this.line('waiting', `${taskTitle(first)}: ${printable(describeWait(first.wait, now))}`, now);
  }

  private line(word: string, text: string, now: number): void {
    this.output.write(`${formatClock(now - this.startedAt).padStart(6)}  ${word.padEnd(8)}  ${text}\n`);
  }
}
