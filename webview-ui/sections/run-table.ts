import type { RunBar } from '../../src/core/model/run-bar.ts';
import { describeRunBar } from '../../src/core/present/tasks/describe-run-bar.ts';
import { shortLabel } from '../../src/core/present/format/one-line.ts';
import { plainTable } from '../disclosure.ts';
import { element } from '../element.ts';

const MOST_ROWS = 200;
const LONGEST_NAME = 48;

/** Runs as a table, the latest first; a click on a name opens its log. */
export function runTable(runs: readonly RunBar[], now: number, open: (bar: RunBar) => void): HTMLTableElement {
  const latest = [...runs].sort((a, b) => b.startedAt - a.startedAt).slice(0, MOST_ROWS);
  const rows = latest.map((bar) => {
    const [name = '', ...rest] = describeRunBar(bar, now);
    const link = element('button', { type: 'button', class: 'link', title: name, 'aria-label': `Open log of ${name}` }, shortLabel(name, LONGEST_NAME));
    link.addEventListener('click', () => open(bar));
    return [link, ...rest];
  });
  return plainTable('Runs', ['Run', 'Outcome', 'Time', 'Type'], rows);
}
