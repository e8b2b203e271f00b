import { DEFAULT_OPTIONS, type EngineOptions } from '../src/core/engine/engine-options.ts';
import type { EnginePort } from '../src/core/engine/engine-port.ts';
import { openEngine } from '../src/core/engine/open-engine.ts';
import type { Limits } from '../src/core/model/limits.ts';

export const SLOTS = 2;

/** Two at a time, and no reason to wait for memory: what others do with the machine must not decide. */
export const TWO_AT_A_TIME: Limits = {
  total: SLOTS,
  types: [{ name: 'utility', limit: SLOTS, cpu: 0.25, memory: 2 ** 20 }],
  memoryThreshold: 1,
};

export function optionsForBench(home: string, own: Partial<EngineOptions> = {}): EngineOptions {
  return { ...DEFAULT_OPTIONS, home, kind: 'cli', roots: [home], graceMs: 1000, ...own };
}

/** An engine that runs two at a time. */
export async function openForBench(home: string, own: Partial<EngineOptions> = {}): Promise<EnginePort> {
  const engine = await openEngine(optionsForBench(home, own));
  await engine.setLimits(TWO_AT_A_TIME);
  return engine;
}
