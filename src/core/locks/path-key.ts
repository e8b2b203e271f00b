import fs from 'node:fs';
import path from 'node:path';

/** What a path's identity needs to know of the file system. */
export interface PathFacts {
  /** The real path of an existing file or folder; throws when there is none. */
  realpath(file: string): string;
  /** Where a symbolic link points to, as written in it; throws for anything else. */
  readlink(link: string): string;
  isFolder(file: string): boolean;
  /** Whether names that differ only in letter case are one file. */
  readonly ignoresCase: boolean;
}

export const nodePathFacts: PathFacts = {
  realpath: (file) => fs.realpathSync.native(file),
  readlink: (link) => fs.readlinkSync(link),
  isFolder,
  ignoresCase: process.platform === 'win32' || process.platform === 'darwin',
};

function isFolder(file: string): boolean {
  try {
    return fs.statSync(file).isDirectory();
  } catch {
    // Not there, or nothing that the system will look at: a shut folder, links in a circle, too long a name.
    return false;
  }
}

/** Identity of a file, existing or not: its nearest existing folder's real path, and the rest below it, with `/` between folders on every system. Two paths of one file have one key. */
export function pathKey(file: string, facts: PathFacts = nodePathFacts): string {
  const absolute = path.resolve(file);
  const key = realOf(absolute, facts).replaceAll(path.sep, '/');
  return facts.ignoresCase ? key.toLowerCase() : key;
}

/** Links of links that are followed; as many as Linux does, see path_resolution(7). */
const MOST_LINKS = 40;

function realOf(absolute: string, facts: PathFacts, links = MOST_LINKS): string {
  const missing: string[] = [];
  for (let folder = absolute; ; folder = path.dirname(folder)) {
    try {
      return path.join(facts.realpath(folder), ...missing);
    } catch {
      // A link to what is not there yet: whoever writes to it makes its target.
      const target = links > 0 ? targetOf(folder, facts) : undefined;
      if (target !== undefined) return realOf(path.join(target, ...missing), facts, links - 1);
      if (folder === path.dirname(folder)) return absolute;
      missing.unshift(path.basename(folder));
    }
  }
}

function targetOf(link: string, facts: PathFacts): string | undefined {
  try {
    return path.resolve(path.dirname(link), facts.readlink(link));
  } catch {
    return undefined;
  }
}
