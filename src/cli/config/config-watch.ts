import path from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { watchFolder } from '../../core/base/watch-folder.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';

/** A file is often written in several steps. */
const SETTLE_MS = 150;
/** Some disks tell no changes, and a folder may come later: a look anyway. */
const LOOK_MS = 10_000;

/** Calls when something may have changed in the folders that hold configuration, and now and then; one call at a time. */
export class ConfigWatch implements Disposable {
  private readonly folders: readonly string[];
  private readonly clock: Clock;
  private readonly look: () => Promise<void>;
  private readonly looking: Coalesced;
  private readonly watchers = new Map<string, Disposable>();
  private turn: Promise<void> = Promise.resolve();
  private cancel = (): void => undefined;
  private isDisposed = false;

  constructor(roots: readonly string[], clock: Clock, look: () => Promise<void>) {
    this.folders = roots.flatMap((root) => [root, path.join(root, '.vscode')]);
    this.clock = clock;
    this.look = look;
    this.looking = new Coalesced(clock, () => this.begin());
    this.watch();
    this.arm();
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await this.turn;
  }

  dispose(): void {
    this.isDisposed = true;
    this.cancel();
    this.looking.dispose();
    for (const watcher of this.watchers.values()) watcher.dispose();
  }

  private begin(): void {
    this.turn = this.turn.then(() => (this.isDisposed ? undefined : this.look()));
    this.arm();
  }

  private arm(): void {
    this.cancel();
    if (this.isDisposed) return;
    this.cancel = this.clock.after(LOOK_MS, () => {
      this.watch();
      this.looking.request(0);
    });
  }

  private watch(): void {
    for (const folder of this.folders) {
      if (this.watchers.has(folder)) continue;
      const watcher = watchFolder(folder, () => this.looking.request(SETTLE_MS));
      // A folder that goes away is watched anew when it is back.
      watcher?.once('close', () => this.watchers.delete(folder));
      if (watcher !== undefined) this.watchers.set(folder, { dispose: () => watcher.close() });
    }
  }
}
