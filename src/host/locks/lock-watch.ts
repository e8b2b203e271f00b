import type { Clock } from '../../core/base/clock.ts';
import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import { Coalesced } from '../../core/engine/changes/coalesced.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import type { FileUse, FileUser } from '../../core/model/files/file-use.ts';
import { UsedFiles } from './used-files.ts';

const GATHER_MS = 60;

/** Follows which files of the machine are in use, and by whom. */
export class LockWatch implements Disposable {
  private readonly subscription: Disposable;
  private readonly gathered: Coalesced;
  private readonly emitter = new Emitter<void>();
  private readonly keys = new Map<string, string>();
  private used = new UsedFiles([]);
  private reading: Promise<void> = Promise.resolve();

  /** What is in use, by whom, or who waits for it is not what it was. */
  readonly onDidChange = this.emitter.event;

  constructor(engine: Pick<EnginePort, 'filesInUse' | 'onDidChange'>, clock: Clock, onError: (error: unknown) => void) {
    this.gathered = new Coalesced(clock, () => {
      this.reading = this.reading.then(async () => this.take(await engine.filesInUse([]))).catch(onError);
    });
    this.subscription = engine.onDidChange(() => this.gathered.request(GATHER_MS));
  }

  get uses(): readonly FileUse[] {
    return this.used.all;
  }

  /** Uses of the file itself, then those of folders and globs that cover it. */
  usesOf(file: string): readonly FileUse[] {
    return this.used.all.length === 0 ? [] : this.used.covering(this.keyOf(file));
  }

  /** The task or program that has the file to itself; nobody's unsaved changes. */
  writerOf(file: string): FileUser | undefined {
    return this.usesOf(file)
      .flatMap(({ holders }) => holders)
      .find(({ holder, mode, own }) => mode === 'write' && !own && holder.type !== 'editor');
  }

  dispose(): void {
    this.subscription.dispose();
    this.gathered.dispose();
    this.emitter.dispose();
  }

  private take(uses: readonly FileUse[]): void {
    const used = new UsedFiles(uses);
    if (used.equals(this.used)) return;
    this.used = used;
    // A path may have come to mean another file; who changes files has locks on them.
    this.keys.clear();
    this.emitter.fire();
  }

  private keyOf(file: string): string {
    const known = this.keys.get(file);
    if (known !== undefined) return known;
    const key = pathKey(file);
    this.keys.set(file, key);
    return key;
  }
}
