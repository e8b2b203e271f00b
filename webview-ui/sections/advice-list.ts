import type { Advice, Shown } from '../../src/views/dashboard/shown.ts';
import { button } from '../controls.ts';
import { element } from '../element.ts';
import type { Section } from './section.ts';

export type AdviceOrder = 'apply' | 'undo' | 'dismiss';

/** What history recommends, each with the figures behind it. */
export class AdviceList implements Section {
  readonly parts = ['advice'] as const;
  readonly element: HTMLElement;
  private readonly order: (order: AdviceOrder, id: string) => void;
  private readonly list = element('ul', { class: 'advice' });
  private readonly empty = element('p', { class: 'empty' }, 'Nothing to recommend: that takes several runs of the same script.');

  constructor(order: (order: AdviceOrder, id: string) => void) {
    this.order = order;
    this.element = element('section', { 'aria-labelledby': 'advice-title', tabindex: -1 }, element('h2', { id: 'advice-title' }, 'Recommendations'), this.list, this.empty);
  }

  update({ advice = [] }: Partial<Shown>): void {
    const hadFocus = this.list.contains(document.activeElement);
    this.empty.hidden = advice.length > 0;
    this.list.replaceChildren(...advice.map((each) => this.item(each)));
    if (hadFocus) this.element.focus();
  }

  private item(advice: Advice): HTMLElement {
    const { id, title, evidence, change, isApplied } = advice;
    const act = (text: string, order: AdviceOrder, style: 'main' | 'quiet' = 'quiet'): HTMLElement => button(text, () => this.order(order, id), style, `${text}: ${title}`);
    const actions = isApplied ? [act('Undo', 'undo')] : change === undefined ? [] : [act('Apply', 'apply', 'main')];
    const setting = change === undefined ? [] : [element('div', { class: 'detail' }, element('code', {}, `parallelWorkflow.${change.key}`), ` ${short(change.now)} → ${short(change.value)}`)];
    return element(
      'li',
      { 'data-advice': id },
      element('div', {}, element('strong', {}, isApplied ? `✓ Applied: ${title}` : title), element('div', {}, evidence), ...setting),
      element('div', { class: 'actions' }, ...actions, act('Dismiss', 'dismiss')),
    );
  }
}

const LONGEST = 80;

function short(value: unknown): string {
  const text = value === undefined ? 'default' : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
