import { globMatches } from '../../core/locks/glob-overlap.ts';
import type { FileUse, FileUser } from '../../core/model/file-use.ts';

/** Finds the uses that cover a file: its own, and those of folders and globs above it. */
export class UsedFiles {
  readonly all: readonly FileUse[];
  private readonly byKey = new Map<string, FileUse[]>();

  constructor(all: readonly FileUse[]) {
    this.all = all;
    for (const use of all) {
      const others = this.byKey.get(use.key);
      if (others === undefined) this.byKey.set(use.key, [use]);
      else others.push(use);
    }
  }

  /** @param key Identity of the file; see `pathKey()`. */
  covering(key: string): readonly FileUse[] {
    const found = (this.byKey.get(key) ?? []).filter(({ glob }) => glob === '');
    for (const folder of foldersAbove(key)) {
      for (const use of this.byKey.get(folder) ?? []) {
        if (use.glob === '' || globMatches(use.glob, relativeTo(folder, key))) found.push(use);
      }
    }
    return found;
  }

  equals(other: UsedFiles): boolean {
    return this.all.length === other.all.length && this.all.every((use, index) => isSameUse(use, other.all[index]!));
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

function isSameUse(a: FileUse, b: FileUse): boolean {
  return a.key === b.key && a.glob === b.glob && a.path === b.path && areSameUsers(a.holders, b.holders) && areSameUsers(a.waiters, b.waiters);
}

function areSameUsers(a: readonly FileUser[], b: readonly FileUser[]): boolean {
  return a.length === b.length && a.every((user, index) => isSameUser(user, b[index]!));
}

function isSameUser(a: FileUser, b: FileUser): boolean {
  return a.holder.type === b.holder.type && a.holder.id === b.holder.id && a.mode === b.mode && a.since === b.since && a.own === b.own;
}
