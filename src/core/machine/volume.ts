import fs from 'node:fs';
import type { Disk } from '../model/machine/machine-sample.ts';
import type { Monotonic } from './monotonic.ts';

/** Space changes slowly, and asking a network share for it takes a while. */
const PERIOD_MS = 5000;

/** The volume that a folder lies on. */
export class Volume {
  private readonly folder: string;
  private readonly monotonic: Monotonic;
  private known: { readonly disk: Disk; readonly until: number } | undefined;

  constructor(folder: string, monotonic: Monotonic) {
    this.folder = folder;
    this.monotonic = monotonic;
  }

  /** Rejects when the folder is not there. */
  space(): Disk | Promise<Disk> {
    const now = this.monotonic();
    return this.known !== undefined && now < this.known.until ? this.known.disk : this.ask(now);
  }

  /** Its device number; `undefined` when the folder is not there. */
  async device(): Promise<bigint | undefined> {
    return fs.promises.stat(this.folder, { bigint: true }).then(({ dev }) => dev, () => undefined);
  }

  private async ask(now: number): Promise<Disk> {
    const { bsize, blocks, bavail } = await fs.promises.statfs(this.folder);
    const disk = { free: bsize * bavail, total: bsize * blocks };
    this.known = { disk, until: now + PERIOD_MS };
    return disk;
  }
}
