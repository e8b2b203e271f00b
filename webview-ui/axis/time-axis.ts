import type { TimeSpan } from '../../src/core/model/machine/machine-point.ts';
import { SPANS, type Look, type SpanName } from '../../src/views/dashboard/shown.ts';

/** Finer than samples are taken there is nothing to see. */
const SHORTEST_MS = 5000;

/** The time that all plots and the timeline share: what is visible, and where the cursor stands. */
export class TimeAxis {
  private readonly listeners = new Set<(what: 'window' | 'cursor') => void>();
  private spanName: SpanName;
  private zoomed: TimeSpan | undefined;
  private time: number;
  private cursorTime: number | undefined;
  private isKept: boolean;

  /** @param zoom of an earlier page; it is let go of when the span has moved past it since. */
  constructor(span: SpanName, now: number, zoom?: TimeSpan) {
    this.spanName = span;
    this.time = now;
    this.zoomed = zoom;
    this.isKept = zoom !== undefined;
  }

  get span(): SpanName {
    return this.spanName;
  }

  get look(): Look {
    return { span: this.spanName, zoom: this.zoomed };
  }

  get now(): number {
    return this.time;
  }

  /** All of the chosen span. */
  get whole(): TimeSpan {
    return { from: this.time - SPANS[this.spanName], to: this.time };
  }

  /** The part of it that is shown. */
  get window(): TimeSpan {
    return this.zoomed ?? this.whole;
  }

  get cursor(): number | undefined {
    return this.cursorTime;
  }

  onDidChange(listener: (what: 'window' | 'cursor') => void): void {
    this.listeners.add(listener);
  }

  /** The time of the machine that is looked at, which need not be that of the page. */
  setNow(now: number): void {
    if (now === this.time) return;
    this.time = now;
    if (this.zoomed === undefined) this.fire('window');
    else if (this.isKept && (this.zoomed.to <= this.whole.from || this.zoomed.from >= now)) this.reset();
    this.isKept = false;
  }

  setSpan(span: SpanName): void {
    this.spanName = span;
    this.zoomed = undefined;
    this.fire('window');
  }

  setCursor(time: number | undefined): void {
    if (time === this.cursorTime) return;
    this.cursorTime = time;
    this.fire('cursor');
  }

  /** Shows a part of the span; all of it when the part is as long. */
  zoomTo(from: number, to: number): void {
    const { from: first, to: last } = this.whole;
    const length = Math.min(Math.max(to - from, SHORTEST_MS), last - first);
    const start = Math.min(Math.max((from + to - length) / 2, first), last - length);
    this.zoomed = length >= (last - first) * 0.999 ? undefined : { from: start, to: start + length };
    this.fire('window');
  }

  /** Makes what is visible longer by a factor, or shorter below 1, around a time that stays in its place. */
  zoomAround(time: number, factor: number): void {
    const { from, to } = this.window;
    const start = time - (time - from) * factor;
    this.zoomTo(start, start + (to - from) * factor);
  }

  /** Moves what is visible by a share of its length. */
  pan(share: number): void {
    if (this.zoomed === undefined) return;
    const { from, to } = this.zoomed;
    const shift = (to - from) * share;
    this.zoomTo(from + shift, to + shift);
  }

  reset(): void {
    if (this.zoomed === undefined) return;
    this.zoomed = undefined;
    this.fire('window');
  }

  private fire(what: 'window' | 'cursor'): void {
    for (const listener of this.listeners) listener(what);
  }
}
