/** Code points, both ends included; in ascending order and apart. */
export type CharacterSet = readonly (readonly [from: number, to: number])[];

/** A place in a name: one character of a set, or any number of any characters. */
export interface NamePart {
  readonly many: boolean;
  readonly set: CharacterSet;
}

/** A place in a path: a name of a pattern, or, `**`, any number of any names. */
export interface PathPart {
  readonly many: boolean;
  readonly name: readonly NamePart[];
}

const LAST = 0x10ffff;
const SLASH = 0x2f;
const ANY: CharacterSet = [[0, SLASH - 1], [SLASH + 1, LAST]];
const ANY_RUN: NamePart = { many: true, set: ANY };

/** A glob without braces, taken apart. There is no escape character: `[*]` stands for a star. */
export function parseGlob(glob: string): readonly PathPart[] {
  return namesOf(glob).map((name) => (name === '**' ? { many: true, name: [ANY_RUN] } : { many: false, name: parseName(name) }));
}

/** A path, taken apart in the same way. */
export function parsePath(relative: string): readonly PathPart[] {
  return namesOf(relative).map((name) => ({ many: false, name: [...name].map(literal) }));
}

function namesOf(text: string): string[] {
  return text.split('/').filter((name) => name !== '' && name !== '.');
}

function parseName(name: string): NamePart[] {
  const parts: NamePart[] = [];
  for (let at = 0; at < name.length; ) {
    const end = name[at] === '[' ? classEnd(name, at) : undefined;
    const sign = String.fromCodePoint(name.codePointAt(at)!);
    if (end !== undefined) parts.push({ many: false, set: parseClass(name.slice(at + 1, end - 1)) });
    else if (sign === '?') parts.push({ many: false, set: ANY });
    // A second star in a row adds nothing.
    else if (sign !== '*') parts.push(literal(sign));
    else if (parts.at(-1) !== ANY_RUN) parts.push(ANY_RUN);
    at = end ?? at + sign.length;
  }
  return parts;
}

function literal(character: string): NamePart {
  const code = character.codePointAt(0)!;
  return { many: false, set: [[code, code]] };
}

/** Index behind the `]` of a class such as `[a-z]`, `[!a]`, `[]a]`; `undefined` when there is none before the name ends. */
export function classEnd(text: string, begin: number): number | undefined {
  const first = begin + (text[begin + 1] === '!' || text[begin + 1] === '^' ? 2 : 1);
  // A `]` in the first place is one of the characters.
  const close = text.indexOf(']', first + 1);
  return close < 0 || text.slice(begin, close).includes('/') ? undefined : close + 1;
}

function parseClass(inside: string): CharacterSet {
  const isNot = /^[!^]/.test(inside);
  const codes = [...(isNot ? inside.slice(1) : inside)].map((character) => character.codePointAt(0)!);
  const ranges: (readonly [number, number])[] = [];
  for (let index = 0; index < codes.length; index++) {
    const isRange = codes[index + 1] === 0x2d && index + 2 < codes.length;
    const from = codes[index]!;
    const to = isRange ? codes[(index += 2)]! : from;
    if (from <= to) ranges.push([from, to]);
  }
  // No class holds the slash, whatever its ranges.
  return isNot ? without(ANY, ranges) : common(ANY, united(ranges));
}

function united(ranges: readonly (readonly [number, number])[]): CharacterSet {
  const all: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = all.at(-1);
    if (last !== undefined && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

function without(set: CharacterSet, ranges: readonly (readonly [number, number])[]): CharacterSet {
  const rest: (readonly [number, number])[] = [];
  let next = 0;
  for (const [from, to] of united(ranges)) {
    if (next < from) rest.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= LAST) rest.push([next, LAST]);
  return common(set, rest);
}

/** Characters that are in both. */
export function common(a: CharacterSet, b: CharacterSet): CharacterSet {
  const both: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [from, to] = [Math.max(a[i]![0], b[j]![0]), Math.min(a[i]![1], b[j]![1])];
    if (from <= to) both.push([from, to]);
    if (a[i]![1] < b[j]![1]) i++;
    else j++;
  }
  return both;
}
