import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { mayHoldGuiTests, type ProjectFacts } from './find-gui-tests.ts';

/** What a project's files tell, and a mark that is another one when its code is. */
export type ProjectFiles = Pick<ProjectFacts, 'files' | 'texts'> & { readonly code: string };

const NOT_OURS = new Set(['node_modules', 'venv', '__pycache__', 'dist', 'out', 'build', 'target', 'test-results', 'playwright-report']);
const CODE = /\.(?:py|[cm]?[jt]sx?|vue|svelte|html|css|qml|ui|sh)$/;
const MOST_FILES = 20_000;
/** Imports and marks stand near the top; marks of single tests may not. */
const MOST_BYTES = 256 * 1024;

/** Looks through a workspace, hidden folders and those of installed or built things left out; the first 20,000 files count. Links are not followed. */
export async function readProject(workspace: string): Promise<ProjectFiles> {
  const files: string[] = [];
  const folders = [''];
  for (let folder = folders.shift(); folder !== undefined && files.length < MOST_FILES; folder = folders.shift()) {
    const entries = await fs.promises.readdir(path.join(workspace, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const place = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) files.push(place);
      else if (entry.isDirectory() && !entry.name.startsWith('.') && !NOT_OURS.has(entry.name)) folders.push(place);
    }
  }
  files.length = Math.min(files.length, MOST_FILES);
  const texts = new Map<string, string>();
  for (const file of files.filter(mayHoldGuiTests)) texts.set(file, await readStart(path.join(workspace, file)));
  return { files, texts, code: await markOf(workspace, files.filter((file) => CODE.test(file))) };
}

async function readStart(file: string): Promise<string> {
  try {
    const handle = await fs.promises.open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
      return buffer.subarray(0, bytesRead).toString('utf8');
    } finally {
      await handle.close();
    }
  } catch {
    // It went away since its folder was read, or is not ours to read.
    return '';
  }
}

async function markOf(workspace: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) {
    const stats = await fs.promises.stat(path.join(workspace, file)).catch(() => undefined);
    hash.update(`${file}\n${stats?.size ?? ''} ${stats?.mtimeMs ?? ''}\n`);
  }
  return hash.digest('base64url').slice(0, 16);
}
