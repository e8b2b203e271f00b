import { pathKey } from '../../../../src/core/locks/path-key.ts';
import type { FileUse, FileUser } from '../../../../src/core/model/files/file-use.ts';
import { holdId, taskId } from '../../../../src/core/model/ids.ts';

export const SWEEP: FileUser = { holder: { type: 'task', id: taskId(3), name: 'Sweep 3' }, mode: 'write', since: 1_000_000, own: false };
export const BACKUP: FileUser = { holder: { type: 'program', id: holdId(8), name: 'rsync -a lab', pid: 812 }, mode: 'write', since: 1_000_000, own: false };
export const OWN_EDITOR: FileUser = { holder: { type: 'editor', id: holdId(5) }, mode: 'write', since: 1_000_000, own: true };
export const OTHER_EDITOR: FileUser = { holder: { type: 'editor', id: holdId(6) }, mode: 'write', since: 1_000_000, own: false };

export function reading(user: FileUser): FileUser {
  return { ...user, mode: 'read' };
}

export function use(path: string, holders: readonly FileUser[], rest: Partial<FileUse> = {}): FileUse {
  return { path, key: pathKey(path), glob: '', holders, waiters: [], waiting: rest.waiters?.length ?? 0, ...rest };
}
