import type { ScriptStats } from '../../src/core/model/script-stats.ts';
import { formatBytes } from '../../src/core/present/format/format-bytes.ts';
import { formatCores } from '../../src/core/present/format/format-cores.ts';
import { formatAgo, formatDuration } from '../../src/core/present/format/format-duration.ts';
import { formatShare } from '../../src/core/present/format/format-share.ts';
import { shortLabel } from '../../src/core/present/format/one-line.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { element, setText } from '../element.ts';
import type { Section } from './section.ts';
import { shortNames } from './short-names.ts';
import { sortScripts, type SortKey } from './sort-scripts.ts';

const LONGEST_NAME = 48;

interface Column {
  readonly key: SortKey;
  readonly title: string;
  readonly text: (stats: ScriptStats, now: number) => string;
}

/** Grows by itself, so it is shown anew with each look at the machine. */
const AGE: Column = { key: 'lastAt', title: 'Last run', text: ({ lastAt }, now) => formatAgo(now - lastAt) };

const COLUMNS: readonly Column[] = [
  { key: 'script', title: 'Script', text: ({ script }) => script },
  { key: 'runs', title: 'Runs', text: ({ runs }) => String(runs) },
  { key: 'success', title: 'Success', text: ({ success }) => formatShare(success) },
  { key: 'wallMedian', title: 'Median', text: ({ wallMedian }) => formatDuration(wallMedian) },
  { key: 'wallP95', title: 'p95', text: ({ wallP95 }) => formatDuration(wallP95) },
  { key: 'peakMemory', title: 'Peak memory', text: ({ peakMemory }) => formatBytes(peakMemory) },
  { key: 'cores', title: 'CPU efficiency', text: ({ cores }) => formatCores(cores) },
  { key: 'trend', title: 'Trend', text: ({ trend }) => describeTrend(trend) },
  AGE,
];

export interface Sorting {
  readonly key: SortKey;
  readonly isDescending: boolean;
}

/** What is known of each script, sorted by a click on a head. */
export class ScriptTable implements Section {
  readonly parts = ['scripts', 'machine'] as const;
  readonly element: HTMLElement;
  private readonly onSort: (sorting: Sorting) => void;
  private readonly heads: readonly HTMLElement[];
  private readonly body = element('tbody');
  private readonly scroller: HTMLElement;
  private readonly empty = element('p', { class: 'empty' }, 'No script has run yet. Queue one with Add Task: its runs, times and memory are listed here.');
  private sorting: Sorting;
  private scripts: readonly ScriptStats[] | undefined;
  private readonly ages: { readonly cell: HTMLElement; readonly stats: ScriptStats }[] = [];
  private now = 0;

  constructor(sorting: Sorting, onSort: (sorting: Sorting) => void) {
    this.sorting = sorting;
    this.onSort = onSort;
    this.heads = COLUMNS.map(({ key, title }) => {
      const sort = element('button', { type: 'button' }, title);
      sort.addEventListener('click', () => this.sort(key));
      return element('th', { scope: 'col' }, sort);
    });
    this.scroller = element('div', { class: 'scroller' }, element('table', { class: 'scripts' }, element('thead', {}, element('tr', {}, ...this.heads)), this.body));
    this.element = element('section', { 'aria-labelledby': 'scripts-title' }, element('h2', { id: 'scripts-title' }, 'Scripts'), this.scroller, this.empty);
  }

  update({ scripts, machine }: Partial<Shown>): void {
    this.now = machine?.at ?? this.now;
    if (scripts !== this.scripts || scripts === undefined) {
      this.scripts = scripts;
      this.fill();
    } else for (const { cell, stats } of this.ages) setText(cell, AGE.text(stats, this.now));
  }

  private sort(key: SortKey): void {
    // Names from A on, figures from the highest down.
    this.sorting = { key, isDescending: this.sorting.key === key ? !this.sorting.isDescending : key !== 'script' };
    this.onSort(this.sorting);
    this.fill();
  }

  private fill(): void {
    const { key, isDescending } = this.sorting;
    const scripts = this.scripts ?? [];
    this.scroller.hidden = scripts.length === 0;
    this.empty.hidden = scripts.length > 0;
    this.ages.length = 0;
    for (const [index, head] of this.heads.entries()) {
      if (COLUMNS[index]!.key === key) head.setAttribute('aria-sort', isDescending ? 'descending' : 'ascending');
      else head.removeAttribute('aria-sort');
    }
    const names = shortNames(scripts.map(({ script }) => script));
    this.body.replaceChildren(
      ...sortScripts(scripts, key, isDescending).map((stats) => {
        const [script = '', ...figures] = COLUMNS.map(({ text }) => text(stats, this.now));
        const cells = figures.map((figure) => element('td', {}, figure));
        this.ages.push({ cell: cells.at(-1)!, stats });
        return element('tr', {}, element('th', { scope: 'row', title: script }, shortLabel(names.get(script)!, LONGEST_NAME)), ...cells);
      }),
    );
  }
}

function describeTrend(trend: number | undefined): string {
  if (trend === undefined) return '–';
  const percent = Math.round((trend - 1) * 100);
  if (Math.abs(percent) < 3) return '→ steady';
  return percent > 0 ? `↗ ${percent} % slower` : `↘ ${-percent} % faster`;
}
