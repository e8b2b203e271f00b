import { presentShadow } from '../../src/core/present/machine/present-shadow.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { element, setText } from '../element.ts';
import type { Section } from './section.ts';

/** What limits that were only written down would have cost and saved in the chosen span; hidden where there were none. */
export class ShadowTile implements Section {
  readonly parts = ['shadow'] as const;
  readonly element: HTMLElement;
  private readonly value = element('div', { class: 'value' });
  private readonly figures = element('dl', { class: 'detail' });

  constructor() {
    const title = 'What the limits would have done in this span, had they been applied: at most so much, since nothing was held back';
    this.element = element('div', { class: 'tile', 'data-tile': 'shadow', role: 'group', 'aria-label': 'Shadow mode', title, hidden: true }, element('h3', {}, 'Shadow Mode'), this.value, this.figures);
  }

  update({ shadow }: Partial<Shown>): void {
    const face = shadow === undefined ? undefined : presentShadow(shadow);
    this.element.hidden = face === undefined;
    if (face === undefined) return;
    setText(this.value, face.value);
    this.figures.replaceChildren(...face.figures.map(({ label, value }) => element('div', {}, element('dt', {}, label), element('dd', {}, value))));
  }
}
