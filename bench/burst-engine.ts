import type { EnginePort } from '../src/core/engine/engine-port.ts';
import { openEngine } from '../src/core/engine/open-engine.ts';
import type { Limits } from '../src/core/model/limits.ts';
import { optionsForBench } from './open-for-bench.ts';

/** What is known beforehand of a script's needs. */
export const KNOWLEDGE = ['declared', 'learned', 'unknown'] as const;
export type Knowledge = (typeof KNOWLEDGE)[number];

/** Runs after which a script's needs are learned. */
export const LESSONS = 3;

/** Only cores and memory decide: what else goes on on the machine is not to change the strategy. */
export async function openForBurst(home: string): Promise<EnginePort> {
  const engine = await openEngine(optionsForBench(home));
  await engine.pinStrategy('normal');
  return engine;
}

/** So many slots that they never decide. */
export function roomLimits(memoryThreshold: number): Limits {
  return { total: 16, memoryThreshold: Math.min(1, Math.max(0.01, memoryThreshold)), types: [{ name: 'utility', limit: 16, cpu: 0.1, memory: 32 * 2 ** 20 }] };
}
