import { changedParts } from '../../src/core/base/changed-parts.ts';
import type { ScheduleChange, SettingChange } from '../../src/core/model/recommendation.ts';
import { timeText } from '../../src/core/schedules/time-text.ts';
import type { Advice, Shown } from '../../src/views/dashboard/shown.ts';
import { button } from '../controls.ts';
import { element } from '../element.ts';
import { withCode } from '../with-code.ts';
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
    const act = (text: string, order: AdviceOrder, style: 'main' | 'quiet' = 'quiet'): HTMLElement => button(text, () => this.order(order, id), style, `${text}: ${title.replaceAll('`', '')}`);
    const actions = isApplied ? [act('Undo', 'undo')] : change === undefined ? [] : [act('Apply', 'apply', 'main')];
    return element(
      'li',
      { 'data-advice': id },
      element('div', {}, element('strong', {}, ...withCode(isApplied ? `✓ Applied: ${title}` : title)), element('div', {}, ...withCode(evidence)), ...(change === undefined ? [] : [detailOf(change)])),
      element('div', { class: 'actions' }, ...actions, act('Dismiss', 'dismiss')),
    );
  }
}

/** What a click would change, where, and how. */
function detailOf(change: SettingChange | ScheduleChange): HTMLElement {
  if (change.type === 'schedule') return element('div', { class: 'detail' }, ...placeOf(change), ` ${timeText(change.now)} → ${timeText(change.value)}`);
  const parts = changedParts(change.now, change.value).map(({ path, before, after }) => ` ${[...path, ''].join(' ')}${short(before)} → ${short(after)}`);
  return element('div', { class: 'detail' }, element('code', {}, `parallelWorkflow.${change.key}`), parts.join(','));
}

function placeOf({ name, workspace, file }: ScheduleChange): readonly (HTMLElement | string)[] {
  if (file === undefined) return [`Schedule “${name}”`];
  const shown = file.startsWith(workspace) ? file.slice(workspace.length).replace(/^[\\/]/, '') : file;
  return [element('code', {}, shown), `: “${name}”`];
}

const LONGEST = 80;

function short(value: unknown): string {
  const text = value === undefined ? 'default' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}
