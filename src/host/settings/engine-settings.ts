import type { EngineOptions } from '../../core/engine/engine-options.ts';
import type { Limits } from '../../core/model/limits.ts';
import type { Settings } from './settings.ts';

/** The part of an engine's options that settings decide; a change needs another engine. */
export function engineOptions(settings: Settings): Pick<EngineOptions, 'durability' | 'retention' | 'graceMs' | 'programs' | 'agentOutputs'> {
  const { durability, retention, graceMs, programs, agentOutputs } = settings;
  return { durability, retention, graceMs, programs, agentOutputs };
}

/** The part that an open engine is told. */
export function engineLimits(settings: Settings): Limits {
  return { total: settings.maxParallel, types: settings.types, memoryThreshold: settings.memoryThreshold };
}

export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
