import type { Counts, MachineSample } from '../engine/engine-port.ts';
import { formatBytes } from './format-bytes.ts';
import { formatCores } from './format-cores.ts';

/** As wide as a digit, and never collapsed or trimmed. */
const FIGURE_SPACE = '\u2007';
const NO_BREAK_SPACE = '\u00a0';

export interface StatusText {
  readonly text: string;
  readonly accessibility: string;
  /** Markdown. */
  readonly tooltip: string;
}

/** Digits that there is room for. */
export interface CountWidths {
  readonly running: number;
  readonly waiting: number;
}

/** How much runs and waits: `$(run-all) 3 ▸ 12`. */
export function presentCounts(counts: Counts, paused: boolean, widths: CountWidths, links: readonly string[]): StatusText {
  const running = String(counts.running).padStart(widths.running, FIGURE_SPACE);
  const waiting = String(counts.waiting).padEnd(widths.waiting, FIGURE_SPACE);
  const rows: readonly [string, string][] = [
    ['Running', String(counts.running)],
    ['Waiting', paused ? `${counts.waiting} (queue paused)` : String(counts.waiting)],
    ['Scheduled', String(counts.scheduled)],
    ['Finished', counts.failed > 0 ? `${counts.finished} (${counts.failed} failed)` : String(counts.finished)],
  ];
  return {
    text: `$(${paused ? 'debug-pause' : 'run-all'}) ${running} ▸ ${waiting}`,
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

/** CPU and memory of the machine: `$(pulse) 43 %  $(server) 61 %`, marked with `~` where a figure is a guess. */
export function presentMachine(sample: MachineSample, links: readonly string[]): StatusText {
  const note = sample.estimated ? ['A sensor of this machine cannot be read: figures marked with ~ are estimates.'] : [];
  const rows: readonly [string, string][] = [
    ['CPU', `${mark(sample)}${percent(sample.cpu)} of ${formatCores(sample.cores)}`],
    ['Memory', `${mark(sample)}${percent(sample.memory)}: ${formatBytes(sample.memoryUsed)} of ${formatBytes(sample.memoryTotal)}`],
  ];
  return {
    text: `$(pulse)${figure(sample.cpu, sample)}${NO_BREAK_SPACE}$(server)${figure(sample.memory, sample)}`,
    accessibility: `${sample.estimated ? 'Estimated ' : ''}CPU ${percent(sample.cpu)}, memory ${percent(sample.memory)}`,
    tooltip: ['**This Machine**', table(rows), ...note, links.join(' · ')].join('\n\n'),
  };
}

/** Before the first sample: the same width, no figures. */
export function presentNoMachine(): string {
  const none = `–${NO_BREAK_SPACE}%`.padStart(6, FIGURE_SPACE);
  return `$(pulse)${none}${NO_BREAK_SPACE}$(server)${none}`;
}

function figure(share: number, sample: MachineSample): string {
  return `${mark(sample)}${percent(share)}`.padStart(6, FIGURE_SPACE);
}

function percent(share: number): string {
  return `${Math.round(Math.min(Math.max(Number.isFinite(share) ? share : 0, 0), 1) * 100)}${NO_BREAK_SPACE}%`;
}

function mark(sample: MachineSample): string {
  return sample.estimated ? '~' : '';
}

function table(rows: readonly [string, string][]): string {
  // A tilde would strike through.
  return ['| | |', '|:--|--:|', ...rows.map(([name, value]) => `| ${name} | ${value.replace('~', '\\~')} |`)].join('\n');
}
