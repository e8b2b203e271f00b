import type { MachineSample } from '../model/machine/machine-sample.ts';
import type { MachineSettings } from '../model/machine/machine-settings.ts';
import type { Measure, Strategy, StrategyReason, Threshold } from '../model/machine/strategy.ts';
import { severity, STRATEGIES, stricter } from './severity.ts';
import { MEASURES, type MeasureState, type StrategyState } from './strategy-state.ts';

/** Longer than this between two samples, or than so many periods, nobody knows what was in between: what was building up begins anew. */
const GAP_MS = 60_000;
const GAP_PERIODS = 3;

/**
 * The strategy after one more sample. Pure. Each measure has its own hysteresis: it asks for more once it has been over a
 * threshold for the dwell time, and for less once it has been at or below the lower level for the release time. Each level is
 * timed by itself, so that neither noise around one nor a leap over several changes anything at once. The strictest measure decides.
 */
export function nextStrategy(state: StrategyState, sample: MachineSample, settings: MachineSettings): StrategyState {
  const { at } = sample;
  const values = measure(sample);
  const isGap = at < state.sampledAt || at - state.sampledAt > Math.max(GAP_MS, GAP_PERIODS * settings.periodMs);
  const next = (name: Measure): MeasureState => nextMeasure(isGap ? { ...state.measures[name], lasting: {} } : state.measures[name], values[name], settings.thresholds[name], settings, at);
  const measures = { cpu: next('cpu'), memory: next('memory'), disk: next('disk'), pressure: next('pressure') };
  const strategy = MEASURES.map((name) => measures[name].asks).reduce(stricter);
  const reasons = strategy === 'normal' ? [] : MEASURES.flatMap((name) => (measures[name].asks === strategy ? [reasonOf(name, values[name], settings.thresholds[name], strategy)] : []));
  return { ...state, strategy, since: strategy === state.strategy ? state.since : at, reasons, measures, sampledAt: at };
}

/** What is compared with thresholds; `undefined` for what is not known, or only guessed. */
export function measure({ cpu, memory, disk, pressure, estimates }: MachineSample): Readonly<Record<Measure, number | undefined>> {
  return {
    cpu: estimates.includes('cpu') ? undefined : cpu,
    memory: estimates.includes('memory') ? undefined : memory,
    disk: disk === undefined || disk.total <= 0 ? undefined : 1 - disk.free / disk.total,
    // A busy processor makes others wait a little; want of memory or of the disk makes them stand still.
    pressure: pressure === undefined ? undefined : Math.max(pressure.memory, pressure.io),
  };
}

function nextMeasure({ asks, lasting: before }: MeasureState, value: number | undefined, threshold: Threshold, { dwellMs, releaseMs }: MachineSettings, now: number): MeasureState {
  const wanted = value === undefined || Number.isNaN(value) ? 'normal' : wants(asks, value, threshold);
  const lasting: Partial<Record<Strategy, number>> = {};
  let next = asks;
  // From the one in force away, so that of those that are due the farthest is the last.
  for (const level of wanted === asks ? [] : byDistance(asks)) {
    const isUp = severity(level) > severity(asks);
    const isWanted = isUp ? severity(wanted) >= severity(level) : severity(wanted) <= severity(level);
    if (!isWanted) continue;
    const since = before[level] ?? now;
    lasting[level] = since;
    if (now - since >= (isUp ? dwellMs : releaseMs)) next = level;
  }
  return next === asks ? { asks, lasting } : { asks: next, lasting: {} };
}

function byDistance(from: Strategy): readonly Strategy[] {
  const distance = (level: Strategy): number => Math.abs(severity(level) - severity(from));
  return STRATEGIES.filter((level) => level !== from).sort((a, b) => distance(a) - distance(b));
}

/**
 * `critical` holds until the value is below what leads to `conserve`, and that until it is at the release level. A level that is
 * never reached holds nothing: whoever has just set it so does not wait for the machine.
 */
function wants(asks: Strategy, value: number, { enter, critical, release }: Threshold): Strategy {
  if (value >= critical) return 'critical';
  if (value >= enter) return asks === 'critical' && critical <= 1 ? 'critical' : 'conserve';
  return value > release && asks !== 'normal' && enter <= 1 ? 'conserve' : 'normal';
}

function reasonOf(name: Measure, value: number | undefined, threshold: Threshold, strategy: Strategy): StrategyReason {
  const level = strategy === 'critical' ? threshold.critical : threshold.enter;
  // Still in force after the value has fallen: what it has to fall to is the figure that matters.
  return { measure: name, value: value ?? 0, threshold: value !== undefined && value < level ? (strategy === 'critical' ? threshold.enter : threshold.release) : level };
}
