import type { Disposable } from '../../core/base/disposable.ts';
import { Emitter } from '../../core/base/emitter.ts';
import type { EnginePort } from '../../core/engine/engine-port.ts';
import { pathKey } from '../../core/locks/path-key.ts';
import type { FileUse } from '../../core/model/files/file-use.ts';
import { CoveringFiles } from './covering-files.ts';
import type { LockWatch } from './lock-watch.ts';

const MEMORY_KEY = 'files.awaited';

/** What is kept over a reload. */
export interface AwaitedMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export interface AwaitedFilesOptions {
  readonly watch: Pick<LockWatch, 'usesOf' | 'onDidChange'>;
  readonly engine: Pick<EnginePort, 'filesInUse'>;
  readonly memory: AwaitedMemory;
  /** Called once with the files that are free by now, absolute. */
  readonly tell: (files: readonly string[]) => void;
  readonly onError: (error: unknown) => void;
}

/** Files that somebody wants to be told of when nobody else holds them any more. A reload keeps them. */
export class AwaitedFiles implements Disposable {
  private readonly options: AwaitedFilesOptions;
  private readonly emitter = new Emitter<void>();
  private readonly subscription: Disposable;
  private readonly files: Set<string>;

  readonly onDidChange = this.emitter.event;

  constructor(options: AwaitedFilesOptions) {
    this.options = options;
    const kept = options.memory.get(MEMORY_KEY);
    this.files = new Set(Array.isArray(kept) ? kept.filter((file) => typeof file === 'string') : []);
    this.subscription = options.watch.onDidChange(() => this.check((file) => options.watch.usesOf(file)));
    // What became free while no window was open is not a change that anybody tells of.
    if (this.files.size > 0) void options.engine.filesInUse([]).then((uses) => this.checkAll(uses), options.onError);
  }

  get all(): readonly string[] {
    return [...this.files];
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  add(file: string): void {
    if (this.files.has(file)) return;
    this.files.add(file);
    this.changed();
  }

  delete(file: string): void {
    if (this.files.delete(file)) this.changed();
  }

  dispose(): void {
    this.subscription.dispose();
    this.emitter.dispose();
  }

  private checkAll(uses: readonly FileUse[]): void {
    const used = new CoveringFiles(uses);
    this.check((file) => used.of(pathKey(file)));
  }

  private check(usesOf: (file: string) => readonly FileUse[]): void {
    if (this.files.size === 0) return;
    const free = this.all.filter((file) => usesOf(file).every(({ holders }) => holders.every(({ own }) => own)));
    if (free.length === 0) return;
    for (const file of free) this.files.delete(file);
    this.changed();
    this.options.tell(free);
  }

  private changed(): void {
    void Promise.resolve(this.options.memory.update(MEMORY_KEY, this.all)).catch(this.options.onError);
    this.emitter.fire();
  }
}
