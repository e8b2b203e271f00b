import type { Page } from 'playwright-core';
import { GUTTER } from '../../../webview-ui/axis/gutter.ts';

/** A strip of a canvas: from where to where along the time axis, 0..1, at a height in pixels. */
export interface Strip {
  readonly along: number;
  readonly to: number;
  readonly y: number;
}

/** The greatest contrast between what most of a strip has and anything else in it, 1 to 21; as it is seen on the page's own ground. */
export async function contrastIn(page: Page, canvas: string, { along, to, y }: Strip): Promise<number> {
  const found: unknown = await page.evaluate(`(() => {
    const canvas = document.querySelector('${canvas}');
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    const inner = canvas.width - ${GUTTER.left + GUTTER.right} * ratio;
    const flat = document.createElement('canvas');
    [flat.width, flat.height] = [canvas.width, canvas.height];
    const context = flat.getContext('2d');
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background');
    context.fillRect(0, 0, flat.width, flat.height);
    context.drawImage(canvas, 0, 0);
    const { data } = context.getImageData(Math.round(${GUTTER.left} * ratio + ${along} * inner), Math.round(${y - 5} * ratio), Math.round(${to - along} * inner), Math.round(10 * ratio));
    const luminances = [];
    for (let at = 0; at < data.length; at += 4) {
      const [red, green, blue] = [...data.slice(at, at + 3)].map((part) => (part <= 10 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
      luminances.push(0.2126 * red + 0.7152 * green + 0.0722 * blue);
    }
    const ground = luminances.toSorted((a, b) => a - b)[Math.floor(luminances.length / 2)];
    return Math.max(...luminances.map((one) => (Math.max(one, ground) + 0.05) / (Math.min(one, ground) + 0.05)));
  })()`);
  return Number(found);
}
