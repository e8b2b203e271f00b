import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/[\\/]$/, '');
const cache = join(projectRoot, '.vscode-test');

/**
 * Path of a folder below `.vscode-test/`, filled once. It is filled aside and renamed, so it is there
 * complete or not at all, and two processes may ask for it at once.
 */
export async function cachedFolder(name: string, fill: (staging: string) => Promise<void> | void): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const staging = mkdtempSync(`${folder}.`);
  try {
    await fill(staging);
    chmodSync(staging, 0o755); // `mkdtemp` made it for this user alone.
    renameSync(staging, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return folder;
}
