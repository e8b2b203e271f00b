import { BUILT_IN_TYPES, PROMPT_CLASSES, type TaskType } from './task-type.ts';

/** What may run at once on this machine. */
export interface Limits {
  /** Over all types. */
  readonly total: number;
  readonly types: readonly TaskType[];
  /** Share of the machine's memory that running tasks and everything else may fill before no more is started; 0..1. */
  readonly memoryThreshold: number;
}

export const DEFAULT_LIMITS: Limits = { total: 11, types: BUILT_IN_TYPES, memoryThreshold: 0.85 };

/** The type of that name. A task of another engine may bring a type unknown here: it runs one at a time. */
export function typeNamed(limits: Limits, name: string): TaskType {
  return limits.types.find((type) => type.name === name) ?? PROMPT_CLASSES.find((type) => type.name === name) ?? { name, limit: 1, cpu: 1, memory: 256e6 };
}
