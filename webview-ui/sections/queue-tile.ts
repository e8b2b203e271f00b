import type { PageCommand } from '../../src/views/dashboard/protocol.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { button } from '../controls.ts';
import { element, setText } from '../element.ts';
import type { Section } from './section.ts';

/** How much runs and waits, and what can be done about it. */
export class QueueTile implements Section {
  readonly parts = ['queue'] as const;
  readonly element: HTMLElement;
  private readonly value = element('div', { class: 'value' }, '–');
  private readonly detail = element('div', { class: 'detail' });
  private readonly actions = element('div', { class: 'actions' });
  private readonly order: (command: PageCommand) => void;
  private shown = '';

  constructor(order: (command: PageCommand) => void) {
    this.order = order;
    this.element = element('div', { class: 'tile', 'data-tile': 'queue', role: 'group', 'aria-label': 'Queue' }, element('h3', {}, 'Queue'), this.value, this.detail, this.actions);
  }

  update({ queue }: Partial<Shown>): void {
    if (queue === undefined) return;
    const { running, waiting, paused, hasFolder } = queue;
    setText(this.value, `${running} ▸ ${waiting}`);
    setText(this.detail, hasFolder ? `${running} running, ${waiting} waiting${paused ? '; paused, nothing new starts' : ''}` : 'Open the folder that holds your scripts to queue them.');
    const shown = `${String(hasFolder)} ${String(paused)}`;
    // Not for each count: a button that is replaced loses the focus.
    if (shown === this.shown) return;
    const hadFocus = this.actions.contains(document.activeElement);
    this.shown = shown;
    const pause = paused ? button('Resume Queue', () => this.order('resumeQueue')) : button('Pause Queue', () => this.order('pauseQueue'));
    this.actions.replaceChildren(...(hasFolder ? [button('Add Task', () => this.order('addTask'), 'main'), pause] : [button('Open Folder', () => this.order('openFolder'), 'main')]));
    if (hadFocus) (this.actions.lastElementChild as HTMLElement | null)?.focus();
  }
}
