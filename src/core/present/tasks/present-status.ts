import type { Counts } from '../../model/counts.ts';
import { FIGURE_SPACE, type StatusText } from './status-text.ts';

/** Digits that there is room for. */
export interface CountWidths {
  readonly running: number;
  readonly waiting: number;
}

/** How much runs and waits: `$(run-all) 3 ▸ 12`. */
export function presentCounts(counts: Counts, paused: boolean, widths: CountWidths, links: readonly string[]): StatusText {
  const figures = `${counts.running} ▸ ${counts.waiting}`.padEnd(widths.running + ' ▸ '.length + widths.waiting, FIGURE_SPACE);
  const rows: readonly [string, string][] = [
    ['Running', String(counts.running)],
    ['Waiting', paused ? `${counts.waiting} (queue paused)` : String(counts.waiting)],
    ['Scheduled', String(counts.scheduled)],
    ['Finished', counts.failed > 0 ? `${counts.finished} (${counts.failed} failed)` : String(counts.finished)],
  ];
  return {
    text: `$(${paused ? 'debug-pause' : 'run-all'}) ${figures}`,
    accessibility: `Parallel Workflow: ${counts.running} running, ${counts.waiting} waiting${paused ? ', queue paused' : ''}`,
    tooltip: ['**Parallel Workflow**', table(rows), links.join(' · ')].join('\n\n'),
  };
}

/** Room for two digits each at least. It only ever grows, so that nothing jumps. */
export function widthsFor(counts: Counts, before: CountWidths = { running: 2, waiting: 2 }): CountWidths {
  return {
    running: Math.max(before.running, String(counts.running).length),
    waiting: Math.max(before.waiting, String(counts.waiting).length),
  };
}

function table(rows: readonly [string, string][]): string {
  return ['| | |', '|:--|--:|', ...rows.map(([name, value]) => `| ${name} | ${value} |`)].join('\n');
}
