import { element } from './element.ts';

/** A button that shows and hides what belongs to it; what it shows is made when it is shown, and dropped when it is hidden. */
export class Disclosure {
  readonly button: HTMLButtonElement;
  readonly region = element('div', { class: 'scroller', tabindex: 0, role: 'region', hidden: true });

  constructor(text: string, label: string, make: () => Node) {
    this.region.setAttribute('aria-label', `${label}, table`);
    this.button = element('button', { type: 'button', class: 'link', 'aria-expanded': 'false', 'aria-label': `${label} as a table` }, text);
    this.button.addEventListener('click', () => {
      const isOpen = this.region.hidden;
      this.region.hidden = !isOpen;
      this.button.setAttribute('aria-expanded', String(isOpen));
      this.region.replaceChildren(...(isOpen ? [make()] : []));
    });
  }
}

/** A table with heads, a caption for screen readers, and rows whose first cell names them. */
export function plainTable(caption: string, heads: readonly string[], rows: readonly (readonly (Node | string)[])[]): HTMLTableElement {
  const head = element('tr', {}, ...heads.map((title) => element('th', { scope: 'col' }, title)));
  const body = rows.map(([name = '', ...cells]) => element('tr', {}, element('th', { scope: 'row' }, name), ...cells.map((cell) => element('td', {}, cell))));
  return element('table', {}, element('caption', { class: 'visually-hidden' }, caption), element('thead', {}, head), element('tbody', {}, ...body));
}
