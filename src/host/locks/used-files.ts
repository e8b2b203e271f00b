import type { FileUse, FileUser } from '../../core/model/files/file-use.ts';
import { CoveringFiles } from './covering-files.ts';

/** Files in use as they were at one time. */
export class UsedFiles {
  readonly all: readonly FileUse[];
  private readonly index: CoveringFiles<FileUse>;

  constructor(all: readonly FileUse[]) {
    this.all = all;
    this.index = new CoveringFiles(all);
  }

  /**
   * The uses that cover a file: its own, and those of folders and globs above it.
   * @param key Identity of the file; see `pathKey()`.
   */
  covering(key: string): readonly FileUse[] {
    return this.index.of(key);
  }

  equals(other: UsedFiles): boolean {
    return this.all.length === other.all.length && this.all.every((use, index) => isSameUse(use, other.all[index]!));
  }
}

function isSameUse(a: FileUse, b: FileUse): boolean {
  return a.key === b.key && a.glob === b.glob && a.path === b.path && a.waiting === b.waiting && areSameUsers(a.holders, b.holders) && areSameUsers(a.waiters, b.waiters);
}

function areSameUsers(a: readonly FileUser[], b: readonly FileUser[]): boolean {
  return a.length === b.length && a.every((user, index) => isSameUser(user, b[index]!));
}

function isSameUser(a: FileUser, b: FileUser): boolean {
  return a.holder.type === b.holder.type && a.holder.id === b.holder.id && a.mode === b.mode && a.since === b.since && a.own === b.own;
}
