import type { MachineSample } from '../model/machine-sample.ts';
import type { MachineSettings } from '../model/machine-settings.ts';
import type { Measure, Strategy, StrategyReason, Threshold } from '../model/strategy.ts';
import { severity, stricter } from './severity.ts';
import { MEASURES, type MeasureState, type StrategyState } from './strategy-state.ts';

/** Longer than this between two samples, nobody knows what was in between: what was building up begins anew. */
const GAP_MS = 60_000;

/**
 * The strategy after one more sample. Pure. Each measure has its own hysteresis: it asks for more once it has been over a
 * threshold for the dwell time, and for less once it has been at or below the lower level for the release time. So noise around
 * any level changes nothing. The strictest measure decides.
 */
export function nextStrategy(state: StrategyState, sample: MachineSample, settings: MachineSettings): StrategyState {
  const { at } = sample;
  const values = measure(sample);
  const isGap = at < state.sampledAt || at - state.sampledAt > GAP_MS;
  const next = (name: Measure): MeasureState => nextMeasure(isGap ? { ...state.measures[name], toward: undefined } : state.measures[name], values[name], settings.thresholds[name], settings, at);
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

function nextMeasure(state: MeasureState, value: number | undefined, threshold: Threshold, { dwellMs, releaseMs }: MachineSettings, now: number): MeasureState {
  const { asks } = state;
  const wanted = value === undefined || Number.isNaN(value) ? 'normal' : wants(asks, value, threshold);
  if (wanted === asks) return { asks, toward: undefined, towardSince: now };
  const isUp = severity(wanted) > severity(asks);
  const isSteady = state.toward !== undefined && severity(state.toward) > severity(asks) === isUp;
  const since = isSteady ? state.towardSince : now;
  return now - since >= (isUp ? dwellMs : releaseMs) ? { asks: wanted, toward: undefined, towardSince: now } : { asks, toward: wanted, towardSince: since };
}

/** `critical` holds until the value is below what leads to `conserve`, and that until it is at the release level. */
function wants(asks: Strategy, value: number, { enter, critical, release }: Threshold): Strategy {
  if (value >= critical) return 'critical';
  if (value >= enter) return asks === 'critical' ? 'critical' : 'conserve';
  return value > release && asks !== 'normal' ? 'conserve' : 'normal';
}

function reasonOf(name: Measure, value: number | undefined, threshold: Threshold, strategy: Strategy): StrategyReason {
  const level = strategy === 'critical' ? threshold.critical : threshold.enter;
  // Still in force after the value has fallen: what it has to fall to is the figure that matters.
  return { measure: name, value: value ?? 0, threshold: value !== undefined && value < level ? (strategy === 'critical' ? threshold.enter : threshold.release) : level };
}
