import { describeReason } from '../../src/core/present/machine/present-strategy.ts';
import { timeOfDay } from '../../src/core/present/format/time-of-day.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { element } from '../element.ts';
import { withCode } from '../with-code.ts';
import type { Section } from './section.ts';

const MOST = 100;

/** What was decided about the machine, the latest first, with the figures behind it. */
export class DecisionList implements Section {
  readonly parts = ['decisions'] as const;
  readonly element: HTMLElement;
  private readonly list = element('ol', { class: 'decisions scroller', tabindex: 0, role: 'list', 'aria-label': 'Decisions, the latest first' });
  private readonly empty = element('p', { class: 'empty' }, 'No decision in this span: the limits stayed as configured. Choose a longer span to look further back.');

  constructor() {
    this.element = element('section', { 'aria-labelledby': 'decisions-title' }, element('h2', { id: 'decisions-title' }, 'Decisions'), this.list, this.empty);
  }

  update({ decisions = [], machine }: Partial<Shown>): void {
    const now = machine?.at ?? Date.now();
    this.empty.hidden = decisions.length > 0;
    this.list.hidden = decisions.length === 0;
    this.list.replaceChildren(
      ...decisions.slice(0, MOST).map(({ at, strategy, what, reasons }) => {
        const because = reasons.length === 0 ? [] : [element('span', { class: 'detail' }, ` (${reasons.map(describeReason).join('; ')})`)];
        return element('li', { 'data-strategy': strategy }, element('time', { datetime: new Date(at).toISOString() }, timeOfDay(at, now)), element('span', { class: 'badge' }, strategy), element('span', { class: 'what' }, ...withCode(what), ...because));
      }),
    );
  }
}
