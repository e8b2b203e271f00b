import fs from 'node:fs';
import path from 'node:path';

/** What a path's identity needs to know of the file system. */
export interface PathFacts {
  /** The real path of an existing file or folder; throws when there is none. */
  realpath(file: string): string;
  /** Whether names that differ only in letter case are one file. */
  readonly ignoresCase: boolean;
}

export const nodePathFacts: PathFacts = {
  realpath: (file) => fs.realpathSync.native(file),
  ignoresCase: process.platform === 'win32' || process.platform === 'darwin',
};

/** Identity of a file, existing or not: its nearest existing folder's real path, and the rest below it, with `/` between folders on every system. Two paths of one file have one key. */
export function pathKey(file: string, facts: PathFacts = nodePathFacts): string {
  const absolute = path.resolve(file);
  const key = realOf(absolute, facts).replaceAll(path.sep, '/');
  return facts.ignoresCase ? key.toLowerCase() : key;
}

function realOf(absolute: string, facts: PathFacts): string {
  const missing: string[] = [];
  for (let folder = absolute; ; folder = path.dirname(folder)) {
    try {
      return path.join(facts.realpath(folder), ...missing);
    } catch {
      if (folder === path.dirname(folder)) return absolute;
      missing.unshift(path.basename(folder));
    }
  }
}
