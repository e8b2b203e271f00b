import { watch, type FSWatcher } from 'node:fs';

/** Calls when something in a folder changes; `undefined` where the system tells no changes. Keeps no process alive. */
export function watchFolder(folder: string, changed: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, changed);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
