import { createHash } from 'node:crypto';
import fs from 'node:fs';

/** Larger files are told apart by size and time of change alone. */
const LARGEST_HASHED = 16 * 1024 * 1024;
/** Of larger ones no diff is made. */
const LARGEST_TEXT = 1024 * 1024;

/** What a file was at one moment. */
export interface FileState {
  readonly exists: boolean;
  /** Size, and when it changed. */
  readonly stamp: string;
  readonly hash?: string;
  /** Its text, when it is one, and not too long. */
  readonly text?: string;
}

const MISSING: FileState = { exists: false, stamp: '', text: '' };

export function fileState(file: string): FileState {
  try {
    const stats = fs.statSync(file);
    if (!stats.isFile()) return MISSING;
    const stamp = `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
    if (stats.size > LARGEST_HASHED) return { exists: true, stamp };
    const content = fs.readFileSync(file);
    const hash = createHash('sha1').update(content).digest('base64');
    const isText = content.length <= LARGEST_TEXT && !content.includes(0);
    return { exists: true, stamp, hash, ...(isText && { text: content.toString('utf8') }) };
  } catch {
    return MISSING;
  }
}

/** The state of a file now; the one it had when nothing about it has changed, without reading it again. */
export function fileStateSince(file: string, before: FileState): FileState {
  const stats = fs.statSync(file, { throwIfNoEntry: false });
  return stats?.isFile() === true && before.stamp === `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}` ? before : fileState(file);
}

/** Whether a file has other content than before. */
export function hasChanged(before: FileState, after: FileState): boolean {
  if (before === after) return false;
  if (before.exists !== after.exists) return true;
  return before.hash === undefined || after.hash === undefined ? before.stamp !== after.stamp : before.hash !== after.hash;
}
