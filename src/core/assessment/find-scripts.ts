import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Folders that hold what others wrote, or what was made. */
const NOT_OURS = new Set(['node_modules', 'site-packages', '__pycache__', 'venv', 'env', 'build', 'dist']);
/** Says that a folder is a virtual environment, whatever it is called (PEP 405). */
const ENVIRONMENT = 'pyvenv.cfg';
/** A folder with more is no project. */
const MOST_FILES = 50_000;

const SCRIPT = /\.pyw?$/i;

export function isPythonFile(file: string): boolean {
  return SCRIPT.test(file);
}

/** Python files below a folder. Hidden folders, virtual environments, and links to folders are left out; what cannot be read is too. */
async function findScripts(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  const open = [folder];
  while (open.length > 0 && found.length < MOST_FILES) {
    const current = open.pop()!;
    const entries = await readdir(current, { withFileTypes: true }).catch(() => []);
    // Asked for by name, even an environment is looked at.
    if (current !== folder && entries.some(({ name }) => name === ENVIRONMENT)) continue;
    for (const entry of entries) {
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !NOT_OURS.has(entry.name)) open.push(path.join(current, entry.name));
      } else if (isPythonFile(entry.name)) {
        found.push(path.join(current, entry.name));
      }
    }
  }
  return found.slice(0, MOST_FILES);
}

/** Files as they are, folders as the scripts in them; in order, each once. */
export async function expandFolders(paths: readonly string[]): Promise<readonly string[]> {
  const files = new Set<string>();
  for (const each of paths) {
    const absolute = path.resolve(each);
    const isFolder = await stat(absolute).then((stats) => stats.isDirectory(), () => false);
    for (const file of isFolder ? await findScripts(absolute) : [absolute]) files.add(file);
  }
  return [...files].sort();
}
