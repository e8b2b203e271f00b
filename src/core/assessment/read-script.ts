import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../base/user-error.ts';
import type { SkippedFile, SkipReason } from './assessed-file.ts';
import { isPythonFile } from './find-scripts.ts';

/** Beyond this a file is data or made by a program, and takes the built-in build hundreds of megabytes. */
const MOST_BYTES = 2 * 2 ** 20;

/** What tells whether a file has changed, without reading it. */
export interface FileStamp {
  readonly mtimeMs: number;
  readonly size: number;
}

export type Stamped = { readonly type: 'file'; readonly path: string; readonly stamp: FileStamp } | SkippedFile;

export type ReadText = { readonly type: 'text'; readonly path: string; readonly text: string } | SkippedFile;

/** Looks at a file from outside; tells why it is left out where it is. */
export async function stampOf(file: string): Promise<Stamped> {
  if (path.extname(file).toLowerCase() === '.ipynb') return skipped(file, 'notebook');
  if (!isPythonFile(file)) return skipped(file, 'not-python');
  try {
    const stats = await stat(file);
    if (!stats.isFile()) return skipped(file, 'unreadable', 'it is no file');
    if (stats.size > MOST_BYTES) return skipped(file, 'too-large', `${stats.size} bytes, at most ${MOST_BYTES}`);
    return { type: 'file', path: file, stamp: { mtimeMs: stats.mtimeMs, size: stats.size } };
  } catch (error) {
    return skipped(file, 'unreadable', messageOf(error));
  }
}

/** The text of a file, without a byte order mark. */
export async function readScript(file: string): Promise<ReadText> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    return skipped(file, 'unreadable', messageOf(error));
  }
  if (bytes.length > MOST_BYTES) return skipped(file, 'too-large', `${bytes.length} bytes, at most ${MOST_BYTES}`);
  try {
    return { type: 'text', path: file, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return skipped(file, 'not-utf8');
  }
}

export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.mtimeMs === b.mtimeMs && a.size === b.size;
}

function skipped(file: string, reason: SkipReason, detail?: string): SkippedFile {
  return { type: 'skipped', path: file, reason, ...(detail !== undefined && { detail }) };
}
