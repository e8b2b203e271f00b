import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Folders that tools write beside the work proper. */
const BESIDE = new Set(['.git', '.hg', '.svn', 'node_modules', '__pycache__', '.venv', '.ipynb_checkpoints', '.pytest_cache', '.mypy_cache', '.ruff_cache']);

/** Entries of a folder by name; those of tools left out. */
export async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries.filter((entry) => !(entry.isDirectory() && BESIDE.has(entry.name))).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** All files below a folder, absolute. Links are not followed: they may lead out of it, or round in circles. */
export async function* walkFiles(folder: string): AsyncGenerator<string> {
  // A folder that cannot be read, or is gone by now, has nothing to show.
  const entries = await entriesOf(folder).catch(() => []);
  for (const entry of entries) {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) yield file;
    else if (entry.isDirectory()) yield* walkFiles(file);
  }
}
