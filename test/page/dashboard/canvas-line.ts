import type { Page } from 'playwright-core';

/** How high a line of a colour runs in a plot at a place along its width, both 0..1 of the plotted area; `undefined` where there is none. */
export async function lineHeight(page: Page, plot: string, color: string, along: number): Promise<number | undefined> {
  const found: unknown = await page.evaluate(`(() => {
    const plot = document.querySelector('[data-plot="${plot}"] .plot');
    const canvas = plot.querySelector('canvas');
    const over = plot.querySelector('.u-over').getBoundingClientRect();
    const outer = canvas.getBoundingClientRect();
    const ratio = canvas.width / outer.width;
    const [left, top, width, height] = [over.left - outer.left, over.top - outer.top, over.width, over.height].map((length) => length * ratio);
    const column = canvas.getContext('2d').getImageData(Math.round(left + ${along} * width), Math.round(top), 1, Math.round(height)).data;
    const wanted = [1, 3, 5].map((index) => parseInt('${color}'.slice(index, index + 2), 16));
    let best;
    for (let y = 0; y < height; y++) {
      const [red, green, blue, alpha] = column.slice(y * 4, y * 4 + 4);
      const distance = Math.abs(red - wanted[0]) + Math.abs(green - wanted[1]) + Math.abs(blue - wanted[2]);
      if (alpha > 120 && distance < 60 && (best === undefined || distance < best.distance)) best = { y, distance };
    }
    return best === undefined ? null : 1 - best.y / height;
  })()`);
  return typeof found === 'number' ? found : undefined;
}
