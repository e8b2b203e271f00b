import type { Theme } from '../theme.ts';

const TITLE_PX = 22;

export interface TitledCanvas {
  readonly title: string;
  readonly canvas: HTMLCanvasElement;
}

/** The plots below each other as one picture; base64 of a PNG. */
export function exportPicture(parts: readonly TitledCanvas[], theme: Theme): string {
  const ratio = devicePixelRatio;
  const picture = document.createElement('canvas');
  picture.width = Math.max(...parts.map(({ canvas }) => canvas.width));
  picture.height = parts.reduce((sum, { canvas }) => sum + canvas.height + TITLE_PX * ratio, 0);
  const context = picture.getContext('2d')!;
  context.fillStyle = theme.background;
  context.fillRect(0, 0, picture.width, picture.height);
  context.font = theme.font.replace('11px', `bold ${12 * ratio}px`);
  context.textBaseline = 'middle';
  let top = 0;
  for (const { title, canvas } of parts) {
    context.fillStyle = theme.foreground;
    context.fillText(title, 6 * ratio, top + (TITLE_PX / 2) * ratio);
    context.drawImage(canvas, 0, top + TITLE_PX * ratio);
    top += canvas.height + TITLE_PX * ratio;
  }
  return picture.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
