import type { Estimate } from '../../src/core/model/estimate.ts';
import { DEFAULT_LIMITS, typeNamed, type Limits } from '../../src/core/model/limits.ts';
import type { TaskSpec } from '../../src/core/model/spec.ts';

/** What a task of a script without a past is taken to need. */
export function sampleEstimate(spec: Pick<TaskSpec, 'type' | 'cpu' | 'memory'>, limits: Limits = DEFAULT_LIMITS): Estimate {
  const type = typeNamed(limits, spec.type);
  const figure = (own: number | undefined, ofType: number) => (own === undefined ? ({ value: ofType, source: 'type', runs: 0 } as const) : ({ value: own, source: 'declared', runs: 0 } as const));
  return { cpu: figure(spec.cpu, type.cpu), memory: figure(spec.memory, type.memory) };
}
