import { globMatches } from '../../core/locks/glob-overlap.ts';

/** A file or a folder; with a glob, what it matches below the folder. */
interface Place {
  /** Identity of the file or folder; see `pathKey()`. */
  readonly key: string;
  readonly glob: string;
}

/** Finds what covers a file: it itself, the folders that it lies in, and globs from there that match it. */
export class CoveringFiles<T extends Place> {
  private readonly byKey = new Map<string, T[]>();

  constructor(all: readonly T[]) {
    for (const place of all) {
      const others = this.byKey.get(place.key);
      if (others === undefined) this.byKey.set(place.key, [place]);
      else others.push(place);
    }
  }

  /** The nearest first. */
  of(key: string): readonly T[] {
    const found = (this.byKey.get(key) ?? []).filter(({ glob }) => glob === '');
    for (const folder of foldersAbove(key)) {
      for (const place of this.byKey.get(folder) ?? []) {
        if (place.glob === '' || globMatches(place.glob, relativeTo(folder, key))) found.push(place);
      }
    }
    return found;
  }
}

/** The nearest first. */
function* foldersAbove(key: string): Generator<string> {
  const root = key.indexOf('/');
  for (let end = key.lastIndexOf('/'); end > root; end = key.lastIndexOf('/', end - 1)) yield key.slice(0, end);
  if (key.length > root + 1) yield key.slice(0, root + 1);
}

function relativeTo(folder: string, key: string): string {
  return key.slice(folder.endsWith('/') ? folder.length : folder.length + 1);
}
