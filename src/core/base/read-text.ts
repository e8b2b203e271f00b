import fs from 'node:fs';
import { UserError } from './user-error.ts';

/**
 * The text of a file that people write, without a byte order mark.
 * @throws UserError when it is a pipe or a device, which might never end, is larger than `mostBytes`, or is not UTF-8; else what the system says.
 */
export async function readText(file: string, mostBytes: number): Promise<string> {
  const stats = await fs.promises.stat(file);
  if (!stats.isFile()) throw new UserError('it is no file');
  if (stats.size > mostBytes) throw new UserError(`it is too large (${stats.size} bytes, at most ${mostBytes})`);
  const bytes = await fs.promises.readFile(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UserError('its text is not UTF-8');
  }
}
