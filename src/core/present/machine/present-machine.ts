import type { Figure, MachineSample } from '../../model/machine/machine-sample.ts';
import type { StrategyView } from '../../model/machine/strategy.ts';
import { escapeMarkdown } from '../format/escape-markdown.ts';
import { estimateNote, machineRows } from './machine-rows.ts';
import { FIGURE_SPACE, type StatusText } from '../tasks/status-text.ts';

const NO_BREAK_SPACE = '\u00a0';
const WIDEST = `~100${NO_BREAK_SPACE}%`.length;

export interface MachineText extends StatusText {
  /** Whether it should stand out: nothing starts any more. */
  readonly isAlarming: boolean;
}

/** CPU and memory of the machine: `$(pulse) 43 %  $(server) 61 %`, marked with `~` where a figure is a guess. Room that a figure does not need follows it, so that each stands beside its own icon. */
export function presentMachine(sample: MachineSample, strategy: StrategyView | undefined, links: readonly string[]): MachineText {
  const note = estimateNote(sample);
  const isCritical = strategy?.strategy === 'critical';
  const words = (name: string, figure: Figure, share: number): string => `${isGuess(sample, figure) ? 'estimated ' : ''}${name} ${percent(share)}`;
  const rows = machineRows(sample, strategy).map(([name, value]) => `| ${name} | ${escapeMarkdown(value)} |`);
  return {
    text: `$(pulse) ${figure(sample.cpu, isGuess(sample, 'cpu'))} $(server) ${figure(sample.memory, isGuess(sample, 'memory'))}`,
    accessibility: `This machine: ${words('CPU', 'cpu', sample.cpu)}, ${words('memory', 'memory', sample.memory)}${isCritical ? ', nothing new starts' : ''}`,
    tooltip: ['**This Machine**', ['| | |', '|:--|--:|', ...rows].join('\n'), ...(note === undefined ? [] : [escapeMarkdown(note)]), links.join(' · ')].join('\n\n'),
    isAlarming: isCritical,
  };
}

/** Before the first sample: the same width, no figures. */
export function presentNoMachine(): string {
  const none = `–${NO_BREAK_SPACE}%`.padEnd(WIDEST, FIGURE_SPACE);
  return `$(pulse) ${none} $(server) ${none}`;
}

function isGuess(sample: MachineSample, figure: Figure): boolean {
  return sample.estimates.includes(figure);
}

function figure(share: number, isGuessed: boolean): string {
  return `${isGuessed ? '~' : ''}${percent(share)}`.padEnd(WIDEST, FIGURE_SPACE);
}

function percent(share: number): string {
  return `${Math.round(Math.min(Math.max(Number.isFinite(share) ? share : 0, 0), 1) * 100)}${NO_BREAK_SPACE}%`;
}
