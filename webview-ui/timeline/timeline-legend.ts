import { element } from '../element.ts';
import { readTheme } from '../theme.ts';
import { LOOKS } from './bar-look.ts';
import { BarPainter } from './paint-bar.ts';

const SWATCH = { width: 22, height: 11 } as const;

/** What the fillings of bars mean. */
export class TimelineLegend {
  readonly element = element('div', { class: 'legend' });
  private readonly swatches = LOOKS.map((look) => ({ look, canvas: element('canvas', { 'aria-hidden': 'true', width: SWATCH.width, height: SWATCH.height }) }));

  constructor() {
    this.element.append(...this.swatches.map(({ look, canvas }) => element('span', {}, canvas, look.label)), element('span', {}, element('i', { class: 'wait-key' }), 'waited'));
    this.draw();
  }

  /** Again, in the colours of the theme. */
  draw(): void {
    const painter = new BarPainter(readTheme());
    for (const { look, canvas } of this.swatches) {
      const context = canvas.getContext('2d')!;
      context.clearRect(0, 0, SWATCH.width, SWATCH.height);
      painter.paintRun(context, look, { x: 0, y: 0, ...SWATCH });
    }
  }
}
