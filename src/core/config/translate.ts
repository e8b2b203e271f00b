import type { JsonPath } from './json-places.ts';

/** How a field of an older shape is written today; `*` stands for any one name, and is carried over in order. */
export interface Move {
  readonly from: string;
  /** Whether it is meant, by its value; of what fits by name alone. */
  readonly when?: (value: unknown) => boolean;
  /** What it becomes: values by today's paths; none when it has no meaning any more. */
  readonly to: (value: unknown, names: readonly string[]) => readonly (readonly [readonly string[], unknown])[];
}

/** As the name of a field, in JavaScript it stands for what all objects have in common. */
const NO_NAME = '__proto__';

export interface Translated {
  readonly value: unknown;
  /** Whether anything of an older shape was found. */
  readonly isOlder: boolean;
  /** Fields that have no meaning any more. */
  readonly dropped: readonly JsonPath[];
  /** Fields that would become ones of a name that none can have, and are left out. */
  readonly refused: readonly JsonPath[];
  /** Where a part of today's shape stood in the text. */
  readonly origin: (path: JsonPath) => JsonPath;
}

/** Brings a value of an older shape into today's. What no move speaks of stays where it is. Pure. */
export function translate(value: unknown, moves: readonly Move[]): Translated {
  const origins = new Map<string, JsonPath>();
  const dropped: JsonPath[] = [];
  const refused: JsonPath[] = [];
  const parted = moves.map((move) => ({ ...move, parts: move.from.split('.') }));
  let isOlder = false;
  const result: Record<string, unknown> = {};

  const visit = (found: unknown, path: JsonPath): void => {
    const move = parted.find(({ parts, when }) => matches(parts, path) && (when === undefined || when(found)));
    if (move !== undefined) {
      isOlder = true;
      const names = path.filter((_, index) => move.parts[index] === '*').map(String);
      const becomes = move.to(found, names);
      if (becomes.length === 0) dropped.push(path);
      for (const [to, written] of becomes) {
        if (to.includes(NO_NAME)) refused.push(path);
        else put(result, to, written, path, origins);
      }
      return;
    }
    if (isPlain(found) && Object.keys(found).length > 0) for (const [name, inner] of Object.entries(found)) visit(inner, [...path, name]);
    else if (path.length > 0) put(result, path.map(String), found, path, origins);
  };

  visit(value, []);
  return {
    value: isPlain(value) ? result : value,
    isOlder,
    dropped,
    refused,
    origin: (path) => {
      for (let length = path.length; length > 0; length--) {
        const from = origins.get(key(path.slice(0, length)));
        if (from !== undefined) return [...from, ...path.slice(length)];
      }
      return path;
    },
  };
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown, from: JsonPath, origins: Map<string, JsonPath>): void {
  let inner = target;
  for (const name of path.slice(0, -1)) {
    if (!hasPlain(inner, name)) inner[name] = {};
    inner = inner[name] as Record<string, unknown>;
  }
  const last = path.at(-1)!;
  // An empty object says nothing that something else has not said.
  if (!(isPlain(value) && Object.keys(value).length === 0 && hasPlain(inner, last))) inner[last] = value;
  origins.set(key(path), from);
}

/** Of its own: each object has a `constructor` that is not. */
function hasPlain(target: Record<string, unknown>, name: string): boolean {
  return Object.hasOwn(target, name) && isPlain(target[name]);
}

function matches(parts: readonly string[], path: JsonPath): boolean {
  return parts.length === path.length && parts.every((part, index) => part === '*' || part === path[index]);
}

function key(path: JsonPath): string {
  return path.map(String).join('\0');
}

export function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
