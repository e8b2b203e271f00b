import type { Theme } from '../theme.ts';
import type { BarLook } from './bar-look.ts';
import { readableInk } from './readable-ink.ts';

const TILE = 6;

/** A place on a canvas, in CSS pixels. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Paints bars in the colours of one theme; patterns are made once. */
export class BarPainter {
  readonly theme: Theme;
  private readonly fills = new Map<BarLook['id'], string | CanvasPattern>();
  private readonly inks = new Map<BarLook['id'], string>();

  constructor(theme: Theme) {
    this.theme = theme;
  }

  /** The run itself. */
  paintRun(context: CanvasRenderingContext2D, look: BarLook, { x, y, width, height }: Box): void {
    // A pattern is hardly seen in a bar that is as narrow as itself.
    const isNarrow = width < TILE / 2;
    context.fillStyle = isNarrow ? this.theme[look.color] : this.fillOf(context, look);
    context.fillRect(x, y, width, height);
    if (isNarrow || look.fill === 'solid') return;
    context.strokeStyle = this.theme[look.color];
    context.lineWidth = 1;
    if (look.fill === 'hollow') context.setLineDash([3, 2]);
    if (look.fill === 'open') {
      // No right end: it goes on.
      context.beginPath();
      context.moveTo(x + width, y + 0.5);
      context.lineTo(x + 0.5, y + 0.5);
      context.lineTo(x + 0.5, y + height - 0.5);
      context.lineTo(x + width, y + height - 0.5);
      context.stroke();
    } else {
      context.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
    }
    context.setLineDash([]);
  }

  /** The waiting before it: lighter and lower. */
  paintWaiting(context: CanvasRenderingContext2D, look: BarLook, { x, y, width, height }: Box): void {
    context.globalAlpha = this.theme.isHighContrast ? 0.7 : 0.35;
    context.fillStyle = this.theme[look.color];
    context.fillRect(x, y + Math.floor(height / 2) - 1, width, 2);
    context.globalAlpha = 1;
  }

  /** In what a name is written on a bar. */
  inkOn(look: BarLook): string {
    // Behind it a pattern is taken away.
    if (look.fill !== 'solid') return this.theme.foreground;
    const known = this.inks.get(look.id);
    if (known !== undefined) return known;
    const ink = readableInk([this.theme.background, this.theme.foreground], solid(this.theme, look), this.theme.background);
    this.inks.set(look.id, ink);
    return ink;
  }

  private fillOf(context: CanvasRenderingContext2D, look: BarLook): string | CanvasPattern {
    const known = this.fills.get(look.id);
    if (known !== undefined) return known;
    const made = this.makeFill(context, look);
    this.fills.set(look.id, made);
    return made;
  }

  private makeFill(context: CanvasRenderingContext2D, look: BarLook): string | CanvasPattern {
    const { color, fill } = look;
    if (fill === 'solid') return solid(this.theme, look);
    const stroke = this.theme[color];
    const tile = document.createElement('canvas');
    tile.width = tile.height = TILE;
    const painter = tile.getContext('2d')!;
    painter.fillStyle = stroke;
    painter.globalAlpha = fill === 'hollow' ? 0 : this.theme.isHighContrast ? 0 : 0.3;
    painter.fillRect(0, 0, TILE, TILE);
    painter.globalAlpha = 1;
    painter.strokeStyle = stroke;
    painter.lineWidth = 1.5;
    const line = (...points: readonly [number, number, number, number]): void => {
      painter.beginPath();
      painter.moveTo(points[0], points[1]);
      painter.lineTo(points[2], points[3]);
      painter.stroke();
    };
    if (fill === 'diagonal' || fill === 'crossed') {
      // Beyond the corners, so that the lines of neighbouring tiles meet.
      for (const shift of [-TILE, 0, TILE]) line(shift, TILE, shift + TILE, 0);
    }
    if (fill === 'crossed') line(0, 0, TILE, TILE);
    if (fill === 'upright') line(TILE / 2, 0, TILE / 2, TILE);
    return context.createPattern(tile, 'repeat') ?? stroke;
  }
}

function solid(theme: Theme, { color }: BarLook): string {
  return `color-mix(in srgb, ${theme[color]} ${theme.isHighContrast ? 100 : 75}%, transparent)`;
}
