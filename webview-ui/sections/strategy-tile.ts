import type { Strategy } from '../../src/core/model/machine/strategy.ts';
import { describeReasons } from '../../src/core/present/machine/present-strategy.ts';
import type { Shown } from '../../src/views/dashboard/shown.ts';
import { dropdown } from '../controls.ts';
import { element, setText } from '../element.ts';
import type { Section } from './section.ts';

const AUTOMATIC = 'automatic';
const CHOICES = [
  { value: AUTOMATIC, text: 'Automatic' },
  { value: 'normal', text: 'Pin normal' },
  { value: 'conserve', text: 'Pin conserve' },
  { value: 'critical', text: 'Pin critical' },
];
const SIGNS: Readonly<Record<Strategy, string>> = { normal: '●', conserve: '▲', critical: '■' };

export interface StrategyUse {
  readonly pin: (strategy: Strategy | undefined) => void;
  readonly say: (text: string) => void;
}

/** The strategy in force, why it is, and a way to hold one. */
export class StrategyTile implements Section {
  readonly parts = ['strategy', 'shadow'] as const;
  readonly element: HTMLElement;
  private readonly use: StrategyUse;
  private readonly value = element('div', { class: 'value' });
  private readonly reasons = element('div', { class: 'detail' });
  private readonly pin = dropdown('Strategy', CHOICES, AUTOMATIC, (value) => this.use.pin(value === AUTOMATIC ? undefined : (value as Strategy)));
  private told: Strategy | undefined;

  constructor(use: StrategyUse) {
    this.use = use;
    this.element = element('div', { class: 'tile', 'data-tile': 'strategy', role: 'group', 'aria-label': 'Strategy' }, element('h3', {}, 'Strategy'), this.value, this.reasons, this.pin.element);
  }

  update({ strategy: view, shadow }: Partial<Shown>): void {
    if (view === undefined) return;
    const { strategy, pinned } = view;
    const why = `${shadow?.isOn === true && strategy !== 'normal' ? 'not applied: ' : ''}${describeReasons(view)}`;
    setText(this.value, `${SIGNS[strategy]} ${strategy}`);
    setText(this.reasons, why);
    this.element.dataset.strategy = strategy;
    this.pin.show(pinned ?? AUTOMATIC);
    // The first one is no change.
    if (this.told !== undefined && this.told !== strategy) this.use.say(`Strategy is now ${strategy}: ${why}`);
    this.told = strategy;
  }
}
