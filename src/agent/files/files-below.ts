import fs from 'node:fs';
import path from 'node:path';

/** Folders that tools write beside the work proper. */
const BESIDE = new Set(['.git', '.hg', '.svn', '__pycache__', 'node_modules', '.venv', '.ipynb_checkpoints', '.pytest_cache', '.mypy_cache', '.ruff_cache']);

/** Files in a folder and below it, without what tools write beside the work; no more than `limit`. */
export function filesBelow(folder: string, limit: number): readonly string[] {
  const found: string[] = [];
  const folders = [folder];
  for (let next = folders.shift(); next !== undefined && found.length < limit; next = folders.shift()) {
    for (const entry of entriesOf(next)) {
      if (entry.isDirectory() && !BESIDE.has(entry.name)) folders.push(path.join(next, entry.name));
      else if (entry.isFile() && found.push(path.join(next, entry.name)) >= limit) break;
    }
  }
  return found;
}

function entriesOf(folder: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
