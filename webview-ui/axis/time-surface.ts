import { element } from '../element.ts';
import { GUTTER } from './gutter.ts';
import type { TimeAxis } from './time-axis.ts';

const LEAST_DRAG_PX = 5;
const WHEEL_STEP = 1.2;

/** What else a surface does with the pointer. */
export interface PointerUse {
  readonly onMove?: (x: number, y: number) => void;
  readonly onLeave?: () => void;
  readonly onClick?: (x: number, y: number) => void;
}

/** Makes an element a part of the time axis: it shows the cursor, and drag, wheel and double click zoom. */
export class TimeSurface {
  readonly element: HTMLElement;
  private readonly axis: TimeAxis;
  private readonly use: PointerUse;
  private readonly line = element('div', { class: 'cursor-line', hidden: true });
  private readonly box = element('div', { class: 'zoom-box', hidden: true });
  private dragFrom: number | undefined;

  constructor(target: HTMLElement, axis: TimeAxis, use: PointerUse = {}) {
    this.element = target;
    this.axis = axis;
    this.use = use;
    target.classList.add('time-surface');
    target.append(this.line, this.box);
    target.addEventListener('pointerdown', (event) => this.press(event));
    target.addEventListener('pointermove', (event) => this.move(event));
    target.addEventListener('pointerup', (event) => this.release(event));
    target.addEventListener('pointercancel', () => this.drop());
    target.addEventListener('pointerleave', () => this.leave());
    target.addEventListener('dblclick', () => axis.reset());
    target.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    axis.onDidChange(() => this.placeLine());
  }

  get width(): number {
    return Math.max(1, this.element.clientWidth - GUTTER.left - GUTTER.right);
  }

  /** Pixel of a time, from the left of the element. */
  toX(time: number): number {
    const { from, to } = this.axis.window;
    return GUTTER.left + ((time - from) / (to - from)) * this.width;
  }

  toTime(x: number): number {
    const { from, to } = this.axis.window;
    return from + (Math.min(Math.max(x - GUTTER.left, 0), this.width) / this.width) * (to - from);
  }

  private placeLine(): void {
    const { cursor, window: { from, to } } = this.axis;
    const isVisible = cursor !== undefined && cursor >= from && cursor <= to;
    this.line.hidden = !isVisible;
    if (isVisible) this.line.style.transform = `translateX(${this.toX(cursor)}px)`;
  }

  private at(event: MouseEvent): { readonly x: number; readonly y: number } {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.dragFrom = this.at(event).x;
    this.element.setPointerCapture(event.pointerId);
  }

  private move(event: PointerEvent): void {
    const { x, y } = this.at(event);
    this.axis.setCursor(this.toTime(x));
    if (this.dragFrom === undefined) {
      this.use.onMove?.(x, y);
      return;
    }
    const [from, to] = [this.toX(this.toTime(Math.min(x, this.dragFrom))), this.toX(this.toTime(Math.max(x, this.dragFrom)))];
    this.box.hidden = to - from < LEAST_DRAG_PX;
    this.box.style.left = `${from}px`;
    this.box.style.width = `${to - from}px`;
  }

  private release(event: PointerEvent): void {
    const from = this.dragFrom;
    if (from === undefined) return;
    this.drop();
    const { x, y } = this.at(event);
    if (Math.abs(x - from) >= LEAST_DRAG_PX) this.axis.zoomTo(this.toTime(Math.min(x, from)), this.toTime(Math.max(x, from)));
    else this.use.onClick?.(x, y);
  }

  private drop(): void {
    this.dragFrom = undefined;
    this.box.hidden = true;
  }

  private leave(): void {
    if (this.dragFrom !== undefined) return;
    this.axis.setCursor(undefined);
    this.use.onLeave?.();
  }

  private wheel(event: WheelEvent): void {
    // Without Ctrl the page scrolls; sideways moves along the axis.
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.axis.pan(event.deltaX / this.width);
    else if (event.ctrlKey || event.metaKey) this.axis.zoomAround(this.toTime(this.at(event).x), event.deltaY > 0 ? WHEEL_STEP : 1 / WHEEL_STEP);
    else return;
    event.preventDefault();
  }
}
