import { stripVTControlCharacters } from 'node:util';

const HEAD = 12_000;
const TAIL = 12_000;

/** The beginning and the end of an output of any length. */
export class BoundedOutput {
  private head = '';
  private tail = '';
  private left = 0;

  add(text: string): void {
    const room = HEAD - this.head.length;
    if (room > 0) this.head += text.slice(0, room);
    const rest = room > 0 ? text.slice(room) : text;
    if (rest === '') return;
    this.tail += rest;
    if (this.tail.length <= 2 * TAIL) return;
    this.left += this.tail.length - TAIL;
    this.tail = this.tail.slice(-TAIL);
  }

  get text(): string {
    const over = Math.max(0, this.tail.length - TAIL);
    const left = this.left + over;
    const gap = left === 0 ? '' : `\n… ${left} characters left out …\n`;
    return stripVTControlCharacters(`${this.head}${gap}${this.tail.slice(over)}`).trimEnd();
  }
}
