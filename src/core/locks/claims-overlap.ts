import { globsOverlap, literalGlob } from './glob-overlap.ts';

/** What a claim covers: a file, a folder with all below it, or what matches a glob below a folder. */
export interface Extent {
  readonly key: string;
  readonly glob: string;
}

/** Whether some file may be covered by both. */
export function claimsOverlap(a: Extent, b: Extent): boolean {
  const [upper, lower] = a.key.length <= b.key.length ? [a, b] : [b, a];
  const rest = restBelow(upper.key, lower.key);
  if (rest === undefined) return false;
  if (upper.glob === '') return true;
  const below = rest === '' ? '' : `${literalGlob(rest)}/`;
  // A plain claim stands for the file of that name, or for all below the folder of that name: `a/**` matches both.
  return globsOverlap(upper.glob, `${below}${lower.glob === '' ? '**' : lower.glob}`);
}

/** The path of a key below a folder's key; empty for the folder itself, `undefined` for one elsewhere. */
export function restBelow(folder: string, key: string): string | undefined {
  if (key === folder) return '';
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}
