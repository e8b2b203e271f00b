import type { FileUse, FileUser } from '../../core/model/file-use.ts';

export function areSameUses(a: readonly FileUse[], b: readonly FileUse[]): boolean {
  return a.length === b.length && a.every((use, index) => isSameUse(use, b[index]!));
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
