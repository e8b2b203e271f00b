import type { Threshold } from '../../src/core/model/machine/strategy.ts';
import { formatShare } from '../../src/core/present/format/format-share.ts';
import type { Theme } from '../theme.ts';
import type { StrategyBand } from './strategy-bands.ts';

/** Height of a threshold's figure, CSS pixels. */
const LABEL_PX = 10;

/** The part of a canvas inside the axes, in pixels of the canvas, and how times and shares lie on it. */
export interface Ground {
  readonly context: CanvasRenderingContext2D;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly pixelRatio: number;
  readonly toX: (time: number) => number;
  readonly shareToY: (share: number) => number;
}

/** Shades the whiles that were not normal; a strip on top, broken for `conserve`, says which without colour. */
export function drawBands({ context, left, top, width, height, pixelRatio, toX }: Ground, bands: readonly StrategyBand[], theme: Theme): void {
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.clip();
  for (const { from, to, strategy } of bands) {
    const [start, end] = [toX(from), Math.max(toX(to), toX(from) + pixelRatio)];
    context.fillStyle = context.strokeStyle = strategy === 'critical' ? theme.error : theme.warning;
    context.globalAlpha = theme.isHighContrast ? 0.3 : 0.14;
    context.fillRect(start, top, end - start, height);
    context.globalAlpha = 1;
    context.lineWidth = 3 * pixelRatio;
    context.setLineDash(strategy === 'critical' ? [] : [3 * pixelRatio, 3 * pixelRatio]);
    context.beginPath();
    context.moveTo(start, top + 1.5 * pixelRatio);
    context.lineTo(end, top + 1.5 * pixelRatio);
    context.stroke();
  }
  context.restore();
}

/** Dashed lines where `conserve` begins, dotted ones where `critical` does; each with its figure at its right end. */
export function drawThresholds(ground: Ground, { enter, critical }: Threshold, theme: Theme): void {
  const lines = [
    { share: enter, color: theme.warning, dash: [6, 4] },
    // Above the whole there is nothing to reach.
    ...(critical <= 1 ? [{ share: critical, color: theme.error, dash: [2, 3] }] : []),
  ].map((line) => ({ ...line, y: Math.round(ground.shareToY(line.share)) + 0.5 }));
  for (const line of lines) drawThreshold(ground, line);
  const places = apart(lines.map(({ y }) => y), LABEL_PX * ground.pixelRatio);
  const { context, left, width, pixelRatio } = ground;
  context.save();
  context.font = theme.font.replace('11px', `${10 * pixelRatio}px`);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = theme.muted;
  for (const [index, { share }] of lines.entries()) context.fillText(formatShare(share), left + width + 4 * pixelRatio, places[index]!);
  context.restore();
}

interface ThresholdLine {
  readonly y: number;
  readonly color: string;
  readonly dash: readonly number[];
}

function drawThreshold({ context, left, width, pixelRatio }: Ground, { y, color, dash }: ThresholdLine): void {
  context.save();
  context.strokeStyle = color;
  context.lineWidth = pixelRatio;
  context.setLineDash(dash.map((length) => length * pixelRatio));
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + width, y);
  context.stroke();
  context.restore();
}

/** The lower one of two heights, and the upper, moved away from each other to be at least so far apart. */
function apart([lower, upper]: readonly number[], least: number): readonly number[] {
  if (lower === undefined || upper === undefined) return lower === undefined ? [] : [lower];
  const push = Math.max(0, (least - (lower - upper)) / 2);
  return [lower + push, upper - push];
}
