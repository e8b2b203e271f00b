import type { JsonPath } from './json-places.ts';
import { isPlain } from './translate.ts';

/** What of a configuration is wrong or right by itself: a field. A list is one as a whole. */
export function unitOf(path: JsonPath): JsonPath {
  const list = path.findIndex((part) => typeof part === 'number');
  return list === -1 ? path : path.slice(0, list);
}

/** What stands at a path; `undefined` when nothing does. */
export function valueAt(config: unknown, path: JsonPath): unknown {
  return path.reduce<unknown>((inner, part) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part) ? (inner as Record<string | number, unknown>)[part] : undefined), config);
}

/** Puts a value in its place, or with `undefined` takes out what is there. */
export function putAt(config: Record<string, unknown>, path: JsonPath, value: unknown): void {
  const [name, ...rest] = path.map(String);
  if (name === undefined) return;
  if (rest.length > 0) {
    if (!isPlain(config[name])) {
      if (value === undefined) return;
      config[name] = {};
    }
    putAt(config[name] as Record<string, unknown>, rest, value);
  } else if (value === undefined) delete config[name];
  else config[name] = value;
}
