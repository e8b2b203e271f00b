import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { BUILT_IN_TYPES, type TaskType } from '../../model/task-type.ts';

/**
 * One set of limits for the machine from what its engines were told: of each limit the strictest that somebody set. What is as it is
 * built in was set by nobody, so that who says nothing holds nobody back. Pure.
 */
export function settledLimits(told: readonly Limits[]): Limits {
  if (told.length === 0) return DEFAULT_LIMITS;
  if (told.length === 1) return told[0]!;
  const names = [...new Set(told.flatMap(({ types }) => types.map(({ name }) => name)))];
  return {
    total: strictest(told.map(({ total }) => total), DEFAULT_LIMITS.total, Math.min),
    types: names.map((name) => settledType(told.flatMap(({ types }) => types.filter((type) => type.name === name)))),
    memoryThreshold: strictest(told.map(({ memoryThreshold }) => memoryThreshold), DEFAULT_LIMITS.memoryThreshold, Math.min),
  };
}

function settledType(told: readonly TaskType[]): TaskType {
  const { name } = told[0]!;
  const builtIn = BUILT_IN_TYPES.find((type) => type.name === name);
  return {
    name,
    limit: strictest(told.map(({ limit }) => limit), builtIn?.limit, Math.min),
    // What one is taken to need keeps others out: the larger is the stricter.
    cpu: strictest(told.map(({ cpu }) => cpu), builtIn?.cpu, Math.max),
    memory: strictest(told.map(({ memory }) => memory), builtIn?.memory, Math.max),
  };
}

/** Of the values that differ from what is built in. */
export function strictest(values: readonly number[], builtIn: number | undefined, of: (...values: number[]) => number): number {
  const set = values.filter((value) => value !== builtIn);
  return set.length === 0 ? builtIn! : of(...set);
}
