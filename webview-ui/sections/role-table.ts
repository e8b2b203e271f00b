import { formatDuration } from '../../src/core/present/format-duration.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { element } from '../element.ts';
import { countByRole } from './count-by-role.ts';
import type { Section } from './section.ts';

const HEADS = ['Name', 'Kind', 'Runs', 'Running', 'Failed', 'Busy'];

/** Who did how much in the span; not there while no run has a role or an agent. */
export class RoleTable implements Section {
  readonly parts = ['runs'] as const;
  readonly element: HTMLElement;
  private readonly body = element('tbody');

  constructor() {
    const head = element('tr', {}, ...HEADS.map((title) => element('th', { scope: 'col' }, title)));
    this.element = element('section', { 'aria-labelledby': 'roles-title', hidden: true }, element('h2', { id: 'roles-title' }, 'Roles and Agents'), element('div', { class: 'scroller' }, element('table', {}, element('thead', {}, head), this.body)));
  }

  update({ runs = [], machine }: Partial<Shown>): void {
    const counts = countByRole(runs, machine?.at ?? Date.now());
    this.element.hidden = counts.length === 0;
    this.body.replaceChildren(
      ...counts.map(({ name, kind, runs: all, running, failed, busyMs }) => element('tr', {}, element('th', { scope: 'row' }, name), ...[kind, String(all), String(running), String(failed), formatDuration(busyMs)].map((text) => element('td', {}, text)))),
    );
  }
}
