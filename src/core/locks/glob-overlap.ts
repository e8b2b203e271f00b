import path from 'node:path';
import { expandBraces, firstGroup, MOST_ALTERNATIVES } from './expand-braces.ts';
import { classEnd, common, parseGlob, parsePath, type NamePart, type PathPart } from './glob-syntax.ts';

const LONGEST = 4096;

/**
 * Whether some path matches both globs, which start from the same folder; exact, in time proportional to the product of their
 * lengths. A path without magic is a glob as well, and one with more braces than `globProblem()` allows meets everything.
 */
export function globsOverlap(a: string, b: string): boolean {
  // Many tasks of a batch claim the same; not even `[z-a]`, which matches nothing, is worth a second look.
  if (a === b) return true;
  const ours = alternatives(a);
  const theirs = alternatives(b);
  if (ours === undefined || theirs === undefined) return true;
  const parsed = theirs.map(parseGlob);
  return ours.some((one) => {
    const parts = parseGlob(one);
    return parsed.some((other) => pathsMeet(parts, other));
  });
}

/**
 * Whether a path, relative to the folder that the glob starts from, matches. `*` and `?` stay within a name and match a leading
 * dot too; `**` as a whole name is any number of folders, also none, so `a/**` matches `a` itself.
 */
export function globMatches(glob: string, relative: string): boolean {
  const file = parsePath(relative);
  return alternatives(glob)?.some((one) => pathsMeet(parseGlob(one), file)) ?? true;
}

/** The longest folder without magic, and the rest from there on; `undefined` for a path without magic. Takes the system's separators, gives `/`. */
export function splitGlob(file: string): { readonly folder: string; readonly glob: string } | undefined {
  const text = path.sep === '/' ? file : file.replaceAll(path.sep, '/');
  const magic = firstMagic(text);
  if (magic === undefined) return undefined;
  const cut = text.lastIndexOf('/', magic);
  const head = text.slice(0, Math.max(cut, 0));
  const isRoot = cut === 0 || /^[a-z]:$/i.test(head);
  return { folder: cut < 0 ? '.' : isRoot ? `${head}/` : head, glob: text.slice(cut + 1) };
}

/** A glob that matches this path and nothing else, whatever characters are in it. */
export function literalGlob(relative: string): string {
  return relative.replaceAll(/[*?[{]/g, '[$&]');
}

/** What is wrong with a glob, in the words of a spec's problem; `undefined` when nothing is. */
export function globProblem(glob: string): string | undefined {
  if (glob.length > LONGEST) return `expected a glob of at most ${LONGEST} characters, got ${glob.length}`;
  return expandBraces(glob) === undefined ? `expected at most ${MOST_ALTERNATIVES} alternatives in the braces of a glob, got more: \`${glob}\`` : undefined;
}

function alternatives(glob: string): readonly string[] | undefined {
  return glob.length > LONGEST ? undefined : expandBraces(glob);
}

function firstMagic(text: string): number | undefined {
  const group = firstGroup(text)?.begin;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (sign === '*' || sign === '?' || at === group || (sign === '[' && classEnd(text, at) !== undefined)) return at;
  }
  return undefined;
}

function pathsMeet(a: readonly PathPart[], b: readonly PathPart[]): boolean {
  return sequencesMeet(a, b, (one, other) => sequencesMeet(one.name, other.name, charactersMeet));
}

function charactersMeet(a: NamePart, b: NamePart): boolean {
  return common(a.set, b.set).length > 0;
}

/** Whether two patterns have a sequence in common, where a part stands for one item, or for any number when it is `many`. */
function sequencesMeet<T extends { readonly many: boolean }>(a: readonly T[], b: readonly T[], meet: (a: T, b: T) => boolean): boolean {
  // From the end: `row[j]` tells whether the rest of `a` and the rest of `b` from j on have one in common.
  let below: boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const row: boolean[] = [];
    const one = a[i];
    for (let j = b.length; j >= 0; j--) {
      const other = b[j];
      if (one === undefined && other === undefined) row[j] = true;
      else if ((one?.many === true && below[j] === true) || (other?.many === true && row[j + 1] === true)) row[j] = true;
      else if (one === undefined || other === undefined || (one.many && other.many)) row[j] = false;
      else {
        const next = one.many ? row[j + 1] : other.many ? below[j] : below[j + 1];
        row[j] = next === true && meet(one, other);
      }
    }
    below = row;
  }
  return below[0] === true;
}
