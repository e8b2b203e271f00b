/** A part of a value that is no more what it was. What was not there, or is not any more, is `undefined`. */
export interface ChangedPart {
  /** From the outside in; empty when it is all of the value. */
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** The smallest parts in which two values of JSON differ; a list is one part. */
export function changedParts(before: unknown, after: unknown, path: readonly string[] = []): readonly ChangedPart[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ path, before, after }];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => changedParts(before[name], after[name], [...path, name]));
}

/** The value with another part, or without it when that is `undefined`. */
export function withPart(value: unknown, [name, ...inner]: readonly string[], part: unknown): unknown {
  if (name === undefined) return part;
  const { [name]: old, ...rest } = isObject(value) ? value : {};
  const changed = withPart(old, inner, part);
  if (changed === undefined) return rest;
  // In its place, so that what is written keeps its order.
  return isObject(value) ? { ...value, [name]: changed } : { [name]: changed };
}

export function partAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce((inner, name) => (isObject(inner) ? inner[name] : undefined), value);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
