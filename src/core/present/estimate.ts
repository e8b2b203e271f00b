import { typeNamed, type Limits } from '../model/limits.ts';
import type { TaskSpec } from '../model/spec.ts';

/** What a task is taken to need: as declared, else as its type says. */
export interface Estimate {
  readonly cpu: number;
  readonly cpuDeclared: boolean;
  readonly memory: number;
  readonly memoryDeclared: boolean;
}

export function estimateOf(spec: TaskSpec, limits: Limits): Estimate {
  const type = typeNamed(limits, spec.type);
  return {
    cpu: spec.cpu ?? type.cpu,
    cpuDeclared: spec.cpu !== undefined,
    memory: spec.memory ?? type.memory,
    memoryDeclared: spec.memory !== undefined,
  };
}
