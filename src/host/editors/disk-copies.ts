import { constants, copyFileSync, mkdirSync, statSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../core/base/clock.ts';

/** Nobody has asked for them by then. */
const KEPT_MS = 7 * 86_400_000;

/** Copies of what was on the disk before a save overwrote it. */
export class DiskCopies {
  private readonly folder: string;
  private readonly clock: Clock;
  private count = 0;

  constructor(folder: string, clock: Clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Path of the copy; `undefined` when there is no such file yet. At once, since a save does not wait long. */
  keep(file: string): string | undefined {
    // Each time, since a folder in a storage that others clean may be gone by now.
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    // Ends like the file, so that it is shown in its language.
    const copy = path.join(this.folder, `${this.clock.now()}-${++this.count}-${path.basename(file)}`);
    try {
      // Where the file system can, nothing is copied until one of the two is written.
      copyFileSync(file, copy, constants.COPYFILE_FICLONE);
      return copy;
    } catch (error) {
      // Who is told that there was no file deletes the one that was saved, so the file itself is asked.
      if (statSync(file, { throwIfNoEntry: false }) === undefined) return undefined;
      throw error;
    }
  }

  drop(copy: string): Promise<void> {
    return rm(copy, { force: true });
  }

  /** Deletes those that nobody asked for. */
  async clean(): Promise<void> {
    const names = await readdir(this.folder).catch(() => []);
    for (const name of names) {
      const copy = path.join(this.folder, name);
      const age = this.clock.now() - (await stat(copy)).mtimeMs;
      if (age > KEPT_MS) await rm(copy, { force: true });
    }
  }
}
