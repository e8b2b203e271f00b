import type { TimeSpan } from '../../src/core/model/machine/machine-point.ts';
import { oneLine } from '../../src/core/present/format/one-line.ts';
import { GUTTER } from '../axis/gutter.ts';
import { formatTick, timeTicks } from '../axis/time-ticks.ts';
import { lookOf } from './bar-look.ts';
import type { PackedBar } from './pack-lanes.ts';
import type { BarPainter } from './paint-bar.ts';

const TICK_PX = 80;
const AXIS_PX = 20;
/** A name that has to be cut more than to this is left out. */
const LEAST_CHARACTERS = 5;

export interface TimelineScene {
  readonly bars: readonly PackedBar[];
  readonly window: TimeSpan;
  /** Of the whole canvas, CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly laneHeight: number;
  /** The run that is pointed at. */
  readonly chosen: PackedBar | undefined;
}

/** Draws the runs of a window below a time axis. */
export function drawTimeline(context: CanvasRenderingContext2D, { bars, window: { from, to }, width, height, laneHeight, chosen }: TimelineScene, painter: BarPainter): void {
  const { theme } = painter;
  const inner = width - GUTTER.left - GUTTER.right;
  const right = GUTTER.left + inner;
  const toX = (time: number): number => GUTTER.left + ((time - from) / (to - from)) * inner;
  const clamp = (x: number): number => Math.min(Math.max(x, GUTTER.left), right);
  context.clearRect(0, 0, width, height);
  context.font = theme.font;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const { times, step } = timeTicks(from, to, width / TICK_PX);
  for (const time of times) {
    const x = Math.round(toX(time)) + 0.5;
    context.fillStyle = theme.grid;
    context.fillRect(x, AXIS_PX, 1, height - AXIS_PX);
    context.fillStyle = theme.muted;
    context.fillText(formatTick(time, step), x, AXIS_PX / 2);
  }
  context.textAlign = 'left';
  for (const packed of bars) {
    const { bar, waitFrom, end } = packed;
    if (end < from || waitFrom > to) continue;
    const look = lookOf(bar);
    const y = laneTop(packed.lane, laneHeight);
    const barHeight = Math.max(laneHeight - 3, 2);
    const [waitX, startX, endX] = [clamp(toX(waitFrom)), clamp(toX(bar.startedAt)), clamp(toX(end))];
    if (startX - waitX >= 1) painter.paintWaiting(context, look, { x: waitX, y, width: startX - waitX, height: barHeight });
    if (bar.startedAt > to || end < from) continue;
    const box = { x: startX, y, width: Math.max(endX - startX, 1.5), height: barHeight };
    painter.paintRun(context, look, box);
    if (packed === chosen) {
      context.strokeStyle = theme.foreground;
      context.lineWidth = 2;
      context.strokeRect(box.x - 1, box.y - 1, box.width + 2, box.height + 2);
    }
    const name = barHeight < 11 ? '' : fitting(context, oneLine(bar.name), box.width - 10);
    if (name === '') continue;
    // Behind it the pattern is taken away, so that it can be read.
    context.fillStyle = theme.background;
    context.globalAlpha = look.fill === 'solid' ? 0 : 0.75;
    context.fillRect(box.x + 3, box.y + 1, context.measureText(name).width + 4, box.height - 2);
    context.globalAlpha = 1;
    context.fillStyle = painter.inkOn(look);
    context.fillText(name, box.x + 5, box.y + box.height / 2 + 0.5);
  }
}

/** As much of a name as there is room for. */
function fitting(context: CanvasRenderingContext2D, name: string, room: number): string {
  const { width } = context.measureText(name);
  if (width <= room) return name;
  const most = Math.floor((name.length * room) / width) - 1;
  return most < LEAST_CHARACTERS ? '' : `${name.slice(0, most)}…`;
}

export function laneTop(lane: number, laneHeight: number): number {
  return AXIS_PX + 2 + lane * laneHeight;
}

/** The lane at a height; lanes that are not there included. */
export function laneAt(y: number, laneHeight: number): number {
  return Math.floor((y - AXIS_PX - 2) / laneHeight);
}

export function timelineHeight(lanes: number, laneHeight: number): number {
  return AXIS_PX + 4 + lanes * laneHeight;
}
