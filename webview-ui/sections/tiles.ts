import { describeOwnCost, presentTiles, type Tile } from '../../src/core/present/machine/present-tiles.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { element, setText } from '../element.ts';
import type { Section } from './section.ts';

interface TileParts {
  readonly value: HTMLElement;
  readonly detail: HTMLElement;
  readonly bar: HTMLElement;
  readonly strip: HTMLElement;
}

/** The machine as it is now, a figure a tile. */
export class Tiles implements Section {
  readonly parts = ['machine'] as const;
  readonly element: HTMLElement;
  /** What the figures cost; stands at the end of the page. */
  readonly cost = element('footer', { class: 'detail' });
  private readonly tiles = new Map<Tile['id'], TileParts>();

  /** `last` are further tiles, behind those of the machine. */
  constructor(...last: readonly HTMLElement[]) {
    this.element = element('section', { class: 'tiles', 'aria-label': 'Machine now' }, ...last);
  }

  update({ machine }: Partial<Shown>): void {
    if (machine === undefined) return;
    const tiles = presentTiles(machine);
    const note = machine.estimated ? ' Figures marked with ~ are estimates, since their sensor cannot be read.' : '';
    setText(this.cost, describeOwnCost(machine) + note);
    if (this.tiles.size === 0) this.element.prepend(...tiles.map((tile) => this.make(tile)));
    for (const { id, value, details, share, parts } of tiles) {
      const made = this.tiles.get(id)!;
      setText(made.value, value);
      fit(made.detail, details.length, 'div');
      for (const [index, detail] of details.entries()) setText(made.detail.children[index] as HTMLElement, unbroken(detail));
      made.bar.style.transform = `scaleX(${share ?? 0})`;
      fit(made.strip, parts.length, 'i');
      for (const [index, part] of parts.entries()) (made.strip.children[index] as HTMLElement).style.transform = `scaleY(${Math.max(part, 0.04)})`;
      if (parts.length > 0) made.strip.setAttribute('aria-label', `single cores: ${parts.map((part) => `${Math.round(part * 100)} %`).join(', ')}`);
    }
  }

  private make({ id, label, share }: Tile): HTMLElement {
    const made: TileParts = {
      value: element('div', { class: 'value' }),
      detail: element('div', { class: 'detail' }),
      bar: element('i'),
      strip: element('div', { class: 'cores', ...(id === 'cpu' && { role: 'img' }) }),
    };
    this.tiles.set(id, made);
    const meter = share === undefined ? [] : [element('div', { class: 'meter', 'aria-hidden': 'true' }, made.bar)];
    return element('div', { class: 'tile', 'data-tile': id, role: 'group', 'aria-label': label }, element('h3', {}, label), element('div', { class: 'figure' }, made.value, made.strip), ...meter, made.detail);
  }
}

/** As many children as there are things to show. */
function fit(parent: HTMLElement, count: number, name: 'i' | 'div'): void {
  while (parent.childElementCount < count) parent.append(element(name));
  while (parent.childElementCount > count) parent.lastElementChild!.remove();
}

/** Figures and their units stay on one line. */
function unbroken(text: string): string {
  return text.replaceAll(/(\d) (?=%|[kMGT]?B)/g, '$1\u00a0');
}
