import path from 'node:path';
import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';

const GATHER_MS = 300;
/** How long after a save the disk may still tell of it. */
const ECHO_MS = 1500;
const LEFT_OUT = new Set(['.git', '__pycache__', 'node_modules']);

/** Tells the engine which files change on the disk while tasks run, but not those that this window saves. */
export class DiskChanges implements Disposable {
  private readonly clock: Clock;
  private readonly gathered: Coalesced;
  private readonly changed = new Set<string>();
  private readonly savedAt = new Map<string, number>();

  /** @param mayBeTasks Whether a task runs, or has ended so lately that its writes are still being told. */
  constructor(engine: Pick<EnginePort, 'noteChanged'>, mayBeTasks: () => boolean, clock: Clock, onError: (error: unknown) => void) {
    this.clock = clock;
    this.gathered = new Coalesced(clock, () => {
      const files = [...this.changed].filter((file) => !this.wasSaved(file));
      this.changed.clear();
      // Asked this late, since the news of a change may be faster than that of the task's start.
      if (files.length > 0 && mayBeTasks()) engine.noteChanged(files).catch(onError);
    });
  }

  /** A file changed, whoever wrote it. */
  note(file: string): void {
    if (file.split(path.sep).some((part) => LEFT_OUT.has(part))) return;
    this.changed.add(file);
    this.gathered.request(GATHER_MS);
  }

  /** This window writes the file. */
  noteSaved(file: string): void {
    const now = this.clock.now();
    for (const [saved, at] of this.savedAt) if (now - at > ECHO_MS) this.savedAt.delete(saved);
    this.savedAt.set(file, now);
  }

  dispose(): void {
    this.gathered.dispose();
  }

  private wasSaved(file: string): boolean {
    const at = this.savedAt.get(file);
    return at !== undefined && this.clock.now() - at <= ECHO_MS;
  }
}
