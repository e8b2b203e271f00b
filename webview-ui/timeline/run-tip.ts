import { element } from '../element.ts';

const OFFSET_PX = 12;
const WIDTH_PX = 260;

/** What is told of a run beside the pointer. */
export class RunTip {
  readonly element = element('div', { class: 'tip', role: 'presentation', hidden: true });

  /** Keeps within `room` pixels of width. */
  show(lines: readonly string[], x: number, y: number, room: number): void {
    this.element.replaceChildren(...lines.map((line) => element('div', {}, line)));
    this.element.hidden = false;
    const left = x + OFFSET_PX + WIDTH_PX > room ? Math.max(x - OFFSET_PX - WIDTH_PX, 0) : x + OFFSET_PX;
    this.element.style.left = `${left}px`;
    this.element.style.top = `${y + OFFSET_PX}px`;
  }

  hide(): void {
    this.element.hidden = true;
  }
}
