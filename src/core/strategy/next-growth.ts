import type { MachineSample } from '../model/machine/machine-sample.ts';
import type { MachineSettings } from '../model/machine/machine-settings.ts';
import type { StrategyState } from './strategy-state.ts';

/** A machine with so much to spare may take more. */
const IDLE_CPU = 0.6;
const IDLE_MEMORY = 0.7;
/** Nearer than this to its threshold, it has enough. */
const MARGIN = 0.1;
const STEP = 0.25;
const STEP_MS = 10_000;

/** Lets limits grow by a quarter every ten seconds while the machine has much to spare and tasks wait for nothing but limits, and shrink as fast when it has not. Pure. */
export function nextGrowth(state: StrategyState, sample: MachineSample, settings: MachineSettings, waitsForLimits: boolean): StrategyState {
  const { at, cpu, memory } = sample;
  const { adaptive, ceiling, thresholds } = settings;
  if (!adaptive || state.strategy !== 'normal') return state.growth === 1 ? state : { ...state, growth: 1, growthAt: at };
  if (at >= state.growthAt && at - state.growthAt < STEP_MS) return state;
  const isIdle = cpu < IDLE_CPU && memory < IDLE_MEMORY;
  const isNear = cpu > thresholds.cpu.enter - MARGIN || memory > thresholds.memory.enter - MARGIN;
  const growth = isNear || !waitsForLimits ? Math.max(1, state.growth - STEP) : isIdle ? Math.min(ceiling, state.growth + STEP) : state.growth;
  return growth === state.growth ? state : { ...state, growth, growthAt: at };
}
