import fs from 'node:fs';
import path from 'node:path';
import { isProcessAlive } from '../base/is-process-alive.ts';
import type { WindowAddress } from '../model/agents/hosted-request.ts';
import { windowFolder } from './window-folder.ts';

const ENDING = '.json';

/** Makes a window of a workspace known, and takes away what windows left that were killed. Returns the file, which is to go when the window does. */
export function writeAddress(home: string, workspace: string, said: WindowAddress, name: string): string {
  const folder = windowFolder(home, workspace);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const { file, pid } of read(folder)) if (!isProcessAlive(pid)) fs.rmSync(file, { force: true });
  const file = path.join(folder, `${name}${ENDING}`);
  fs.writeFileSync(`${file}.new`, JSON.stringify(said), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
  return file;
}

/** The windows of a workspace, the latest first; one that was killed may be among them. */
export function addressesIn(folder: string): readonly WindowAddress[] {
  return [...read(folder)].sort((a, b) => b.writtenAt - a.writtenAt);
}

function read(folder: string): readonly (WindowAddress & { readonly file: string; readonly writtenAt: number })[] {
  return filesOf(folder).flatMap((name) => {
    const file = path.join(folder, name);
    try {
      return [{ ...(JSON.parse(fs.readFileSync(file, 'utf8')) as WindowAddress), file, writtenAt: fs.statSync(file).mtimeMs }];
    } catch {
      // Its window has just gone.
      return [];
    }
  });
}

function filesOf(folder: string): readonly string[] {
  try {
    return fs.readdirSync(folder).filter((name) => name.endsWith(ENDING));
  } catch {
    return [];
  }
}
