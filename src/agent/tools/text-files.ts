import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TextDecoder } from 'node:util';
import { UserError } from '../../core/base/user-error.ts';
import { formatBytes } from '../../core/present/format/format-bytes.ts';

/** What became of a text that was to be put in the place of another. */
export type Replaced =
  | { readonly type: 'done' }
  /** The file no longer holds what the new text was made from. */
  | { readonly type: 'changed' }
  /** Somebody has unsaved changes in it. */
  | { readonly type: 'unsaved' };

/** Texts as they are on the disk, and in the editors where a window tells of them. */
export interface TextFiles {
  /** What an editor holds of the file, where that differs from the disk. */
  unsaved(file: string): Promise<string | undefined>;
  /** @param before what the file is taken to hold; `undefined` when there is none yet. */
  replace(file: string, before: string | undefined, after: string): Promise<Replaced>;
}

/** A file that is edited is held in memory as a whole. */
const LARGEST = 16 * 1024 * 1024;

/**
 * The text of a file on the disk; `undefined` when there is none.
 * @throws UserError when it is too large to be edited, no file, or no text in UTF-8.
 */
export async function readText(file: string, shown: string): Promise<string | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) throw new UserError(`\`${shown}\` is no file.`);
  if (found.size > LARGEST) throw new UserError(`\`${shown}\` has ${formatBytes(found.size)}, too much to be edited as a text;`, 'change it with a program.');
  return decode(await readFile(file), shown);
}

/** @throws UserError for bytes that are no text. */
export function decode(bytes: Uint8Array, shown: string): string {
  try {
    // A byte order mark is kept: the file is to have it again.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw notText(shown);
  }
}

export function notText(shown: string): UserError {
  return new UserError(`\`${shown}\` is no text in UTF-8;`, 'look at it with a program.');
}

export const diskFiles: TextFiles = {
  unsaved: () => Promise.resolve(undefined),
  async replace(file, before, after) {
    if ((await readText(file, file)) !== before) return { type: 'changed' };
    await mkdir(path.dirname(file), { recursive: true });
    // A new file must not take the place of one that was made meanwhile.
    try {
      await writeFile(file, after, { flag: before === undefined ? 'wx' : 'w' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return { type: 'changed' };
      throw error;
    }
    return { type: 'done' };
  },
};
