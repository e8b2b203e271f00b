import { globsOverlap, literalGlob } from './glob-overlap.ts';

/** What a claim covers: a file, a folder with all below it, or what matches a glob below a folder. */
export interface Extent {
  readonly key: string;
  readonly glob: string;
}

/** Folders are known by `**`; of what is not there yet, names with an extension are files. */
const FILE_NAME = /[^/]\.[^./]+$/;

/** Whether some file may be covered by both. */
export function claimsOverlap(a: Extent, b: Extent): boolean {
  const [upper, lower] = a.key.length <= b.key.length ? [a, b] : [b, a];
  const rest = restBelow(upper.key, lower.key);
  if (rest === undefined) return false;
  if (upper.glob === '') return true;
  const at = literalGlob(rest);
  if (lower.glob === '' && FILE_NAME.test(rest)) return globsOverlap(upper.glob, at);
  // `a/**` matches `a` too: what may be a file or become a folder.
  return globsOverlap(upper.glob, `${at === '' ? '' : `${at}/`}${lower.glob === '' ? '**' : lower.glob}`);
}

/** The path of a key below a folder's key; empty for the folder itself, `undefined` for one elsewhere. */
export function restBelow(folder: string, key: string): string | undefined {
  if (key === folder) return '';
  const prefix = folder.endsWith('/') ? folder : `${folder}/`;
  return key.startsWith(prefix) ? key.slice(prefix.length) : undefined;
}
