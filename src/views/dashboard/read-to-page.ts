import { FORMATS, type ToPage } from './protocol.ts';
import type { PartName } from './shown.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const has = (...names: readonly string[]) => (value: unknown): boolean => isFields(value) && names.every((name) => typeof value[name] === 'number');
const each = (check: (value: unknown) => boolean) => (value: unknown): boolean => Array.isArray(value) && value.every(check);
const named = (...names: readonly string[]) => (value: unknown): boolean => isFields(value) && names.every((name) => typeof value[name] === 'string');
const isCurve = (value: unknown): boolean => isFields(value) && has('from', 'to')(value) && each(has('at', 'lasts', 'cpu', 'memory'))(value.points);
const isThreshold = has('enter', 'critical', 'release');

const CHECKS: Readonly<Record<PartName, (value: unknown) => boolean>> = {
  machine: (value) => has('at', 'cpu', 'memory', 'cores')(value) && isFields(value) && Array.isArray(value.perCore) && Array.isArray(value.estimates),
  strategy: (value) => named('strategy')(value) && isFields(value) && Array.isArray(value.reasons),
  shadow: has('limitedMs', 'heldBack', 'addedWaitMs', 'overMs', 'avoidableMs'),
  queue: has('running', 'waiting'),
  thresholds: (value) => isFields(value) && ['cpu', 'memory', 'disk', 'pressure'].every((measure) => isThreshold(value[measure])),
  history: isCurve,
  tail: isCurve,
  detail: isCurve,
  runs: each((value) => has('task', 'run', 'waitedFrom', 'startedAt')(value) && named('name')(value)),
  scripts: each((value) => named('script')(value) && has('runs', 'success')(value)),
  advice: each(named('id', 'title', 'evidence')),
  decisions: each((value) => named('what')(value) && has('at')(value)),
  trouble: (value) => typeof value === 'string',
};

/** A message of the extension host, checked; parts that are not what they should be are left out. `undefined` when it is none. */
export function readToPage(value: unknown): ToPage | undefined {
  if (!isFields(value)) return undefined;
  if (value.type === 'render') {
    const format = FORMATS.find((known) => known === value.format);
    return format === undefined ? undefined : { type: 'render', format };
  }
  if (value.type !== 'update' || !Number.isSafeInteger(value.revision) || !isFields(value.parts)) return undefined;
  const parts = Object.entries(value.parts).filter(([name, part]) => Object.hasOwn(CHECKS, name) && CHECKS[name as PartName](part));
  return { type: 'update', revision: value.revision as number, isWhole: value.isWhole === true, parts: Object.fromEntries(parts) };
}
