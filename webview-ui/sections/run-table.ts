import type { RunBar } from '../../src/core/model/run-bar.ts';
import { describeRunBar } from '../../src/core/present/describe-run-bar.ts';
import { element } from '../element.ts';

const MOST_ROWS = 200;

/** The runs of the visible time as a table; filled when it is opened. */
export class RunTable {
  readonly element = element('details', { class: 'figures' });
  private readonly body = element('tbody');
  private readonly runs: () => { readonly runs: readonly RunBar[]; readonly now: number };
  private readonly open: (bar: RunBar) => void;

  constructor(runs: () => { readonly runs: readonly RunBar[]; readonly now: number }, open: (bar: RunBar) => void) {
    this.runs = runs;
    this.open = open;
    const head = element('tr', {}, ...['Run', 'Outcome', 'Time', 'Type'].map((title) => element('th', { scope: 'col' }, title)));
    this.element.append(element('summary', { 'aria-label': 'Runs as a table' }, 'Table'), element('div', { class: 'scroller', tabindex: 0, role: 'region', 'aria-label': 'Runs' }, element('table', {}, element('thead', {}, head), this.body)));
    this.element.addEventListener('toggle', () => this.fill());
  }

  private fill(): void {
    if (!this.element.open) {
      this.body.replaceChildren();
      return;
    }
    const { runs, now } = this.runs();
    const latest = [...runs].sort((a, b) => b.startedAt - a.startedAt).slice(0, MOST_ROWS);
    this.body.replaceChildren(
      ...latest.map((bar) => {
        const [name, ...rest] = describeRunBar(bar, now);
        const open = element('button', { type: 'button', class: 'link', 'aria-label': `Open log of ${name}` }, name!);
        open.addEventListener('click', () => this.open(bar));
        return element('tr', {}, element('th', { scope: 'row' }, open), ...rest.map((text) => element('td', {}, text)));
      }),
    );
  }
}
