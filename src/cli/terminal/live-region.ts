import type { Output } from './output.ts';
import { withoutLooks } from './style.ts';
import { textWidth } from './text-width.ts';

const ESC = '\u001b[';
const HIDE_CURSOR = `${ESC}?25l`;
export const SHOW_CURSOR = `${ESC}?25h`;
// Terminals that know it paint what lies between at once; the others ignore it.
const BEGIN_FRAME = `${ESC}?2026h`;
const END_FRAME = `${ESC}?2026l`;

/** The lines at the bottom of a terminal that are redrawn in place. Give it lines without control characters but for colours. */
export class LiveRegion {
  private readonly output: Output;
  /** Widths of the lines drawn last: how many rows they fill depends on the terminal's width at the next redraw. */
  private drawn: readonly number[] = [];
  private isOpen = false;

  constructor(output: Output) {
    this.output = output;
  }

  /** Prints lines that stay, and draws the region anew below them. */
  draw(staying: readonly string[], lines: readonly string[]): void {
    const opening = this.isOpen ? '' : HIDE_CURSOR;
    this.isOpen = true;
    const text = [...staying, ...lines].map((line) => `${line}\n`).join('');
    this.output.write(`${BEGIN_FRAME}${opening}${this.erasing()}${text}${END_FRAME}`);
    this.drawn = lines.map((line) => textWidth(withoutLooks(line)));
  }

  /** Takes the region away and gives the cursor back. */
  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.output.write(`${this.erasing()}${SHOW_CURSOR}`);
    this.drawn = [];
  }

  /** To the first row of the region, clearing from there on. A terminal made narrower since has wrapped its lines. */
  private erasing(): string {
    const columns = this.output.columns ?? 80;
    const rows = this.drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return rows === 0 ? '' : `\r${ESC}${rows}A${ESC}J`;
  }
}
