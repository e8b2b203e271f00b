import type { Threshold } from '../../src/core/model/strategy.ts';
import { formatShare } from '../../src/core/present/format-share.ts';
import type { Theme } from '../theme.ts';
import type { StrategyBand } from './strategy-bands.ts';

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

/** Dashed lines where `conserve` begins, dotted ones where `critical` does; each with its figure. */
export function drawThresholds(ground: Ground, { enter, critical }: Threshold, theme: Theme): void {
  drawThreshold(ground, enter, theme.warning, [6, 4], theme, 3);
  // Above the whole there is nothing to reach.
  if (critical <= 1) drawThreshold(ground, critical, theme.error, [2, 3], theme, 38);
}

function drawThreshold({ context, left, width, pixelRatio, shareToY }: Ground, share: number, color: string, dash: readonly number[], theme: Theme, indentPx: number): void {
  const y = Math.round(shareToY(share)) + 0.5;
  context.save();
  context.strokeStyle = color;
  context.lineWidth = pixelRatio;
  context.setLineDash(dash.map((length) => length * pixelRatio));
  context.beginPath();
  context.moveTo(left, y);
  context.lineTo(left + width, y);
  context.stroke();
  context.font = theme.font.replace('11px', `${10 * pixelRatio}px`);
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.fillStyle = theme.muted;
  context.fillText(formatShare(share), left + width - indentPx * pixelRatio, y + 2 * pixelRatio);
  context.restore();
}
