import type { JsonPath } from './json-places.ts';

/** Fields whose wrong value stands for the careful one, since what would hold without the file might allow what was to be forbidden. */
const CAREFUL = new Map<string, (wrong: unknown) => unknown>([
  ['maxParallel', atLeast(1, 1024)],
  ['types.*.limit', atLeast(1, 1024)],
  ['agents.*.capacity', atLeast(0, 64)],
  ['agents.handover', () => 'never'],
  ['roles.*.enabled', () => false],
  ['adaptive', () => false],
  ['whenCritical', () => 'wait'],
]);

/** The careful value of a field, by what was written in its place; `undefined` when none can be told. */
export function carefulValue(path: JsonPath, wrong: unknown): unknown {
  const [first, , last] = path;
  return CAREFUL.get(path.length === 3 ? `${first!}.*.${last!}` : path.join('.'))?.(wrong);
}

/** Of a number that is too low, or broken, the next integer that is allowed. One that is too high tells nothing of a limit. */
function atLeast(min: number, max: number): (wrong: unknown) => number | undefined {
  return (wrong) => (typeof wrong === 'number' && wrong < max && (wrong < min || !Number.isInteger(wrong)) ? Math.max(min, Math.floor(wrong)) : undefined);
}
