import fs from 'node:fs';
import path from 'node:path';
import { disposable, type Disposable } from '../../base/disposable.ts';

/**
 * Tells the engines of other processes that the store changed: a file whose times are set. A hint, not a message: whoever
 * hears it looks into the store, and whoever misses it looks there anyway a moment later.
 */
export class Bell {
  private readonly file: string;

  constructor(home: string) {
    this.file = path.join(home, 'bell');
    fs.closeSync(fs.openSync(this.file, 'a', 0o600));
  }

  ring(): void {
    const now = new Date();
    try {
      fs.utimesSync(this.file, now, now);
    } catch {
      // Those who listen poll as well.
    }
  }

  onRing(listen: () => void): Disposable {
    try {
      const watcher = fs.watch(this.file, { persistent: false }, listen);
      watcher.on('error', () => watcher.close());
      return disposable(() => watcher.close());
    } catch {
      return disposable(() => undefined);
    }
  }
}
