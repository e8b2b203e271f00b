import { LiveRegion } from '../terminal/live-region.ts';
import type { Output } from '../terminal/output.ts';
import type { Style } from '../terminal/style.ts';
import { cut } from '../terminal/text-width.ts';
import { endMark, eventText } from './event-line.ts';
import { progressBlock } from './progress-block.ts';
import type { Progress } from './progress.ts';
import type { BoardEvent, TaskBoard } from './task-board.ts';

const REDRAW_MS = 250;

/** A block at the bottom of the terminal that is redrawn in place; what ended scrolls away above it. */
export class BlockProgress implements Progress {
  readonly interval = REDRAW_MS;
  private readonly output: Output;
  private readonly style: Style;
  private readonly startedAt: number;
  private readonly region: LiveRegion;
  private readonly unshown: string[] = [];
  private lastDraw = -Infinity;
  private isSuspended = false;

  constructor(output: Output, style: Style, startedAt: number) {
    this.output = output;
    this.style = style;
    this.startedAt = startedAt;
    this.region = new LiveRegion(output);
  }

  show(board: TaskBoard, events: readonly BoardEvent[], now: number): void {
    const columns = this.output.columns ?? 80;
    for (const event of events) {
      if (event.type !== 'started') this.unshown.push(this.line(event, now, columns));
    }
    if (this.isSuspended || (now - this.lastDraw < REDRAW_MS / 2 && !board.isOver)) return;
    this.lastDraw = now;
    const turn = Math.floor((now - this.startedAt) / REDRAW_MS);
    this.region.draw(this.unshown.splice(0), progressBlock(board, { now, startedAt: this.startedAt, columns, rows: this.output.rows ?? 24, turn, style: this.style }));
  }

  /** While a task of its own has the terminal. */
  suspend(): void {
    this.isSuspended = true;
    this.region.close();
  }

  resume(): void {
    this.isSuspended = false;
  }

  end(): void {
    this.region.close();
    this.output.write(this.unshown.splice(0).map((line) => `${line}\n`).join(''));
  }

  private line(event: BoardEvent, now: number, columns: number): string {
    const mark = event.type === 'ended' ? endMark(event.view) : { text: '↻', look: 'yellow' as const };
    return `${this.style(mark.look, mark.text)} ${cut(eventText(event, now), columns - 3)}`;
  }
}
