import { formatDuration } from '../../src/core/present/format/format-duration.ts';
import { roleLabel } from '../../src/core/present/roles/role-label.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { plainTable } from '../disclosure.ts';
import { element } from '../element.ts';
import { countByRole } from './count-by-role.ts';
import type { Section } from './section.ts';

const HEADS = ['Name', 'Kind', 'Runs', 'Running', 'Failed', 'Busy'];

/** Who did how much in the span; not there while no run has a role or an agent. */
export class RoleTable implements Section {
  readonly parts = ['runs'] as const;
  readonly element: HTMLElement;
  private readonly scroller = element('div', { class: 'scroller roles' });

  constructor() {
    this.element = element('section', { 'aria-labelledby': 'roles-title', hidden: true }, element('h2', { id: 'roles-title' }, 'Roles and Agents'), this.scroller);
  }

  update({ runs = [], machine }: Partial<Shown>): void {
    const counts = countByRole(runs, machine?.at ?? Date.now());
    this.element.hidden = counts.length === 0;
    const rows = counts.map(({ name, kind, runs: all, running, failed, busyMs }) => [kind === 'role' ? roleLabel(name) : name, kind, String(all), String(running), String(failed), formatDuration(busyMs)]);
    this.scroller.replaceChildren(plainTable('Roles and Agents', HEADS, rows));
  }
}
