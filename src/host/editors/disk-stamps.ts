import { statSync } from 'node:fs';

/** Where stamps outlive a reload of the window. */
export interface StampMemory {
  read(): Readonly<Record<string, string>>;
  write(stamps: Readonly<Record<string, string>>): void;
}

/**
 * Remembers of each file with unsaved changes what was on the disk when they began, so that a save can tell whether
 * somebody has written the file since.
 */
export class DiskStamps {
  private readonly memory: StampMemory;
  /** Those from before a reload; the texts come back one by one. */
  private readonly earlier: Map<string, string>;
  private stamps: ReadonlyMap<string, string> = new Map();

  constructor(memory: StampMemory) {
    this.memory = memory;
    this.earlier = new Map(Object.entries(memory.read()));
  }

  /** @param unsaved All files that have unsaved changes now. */
  note(unsaved: readonly string[]): void {
    if (unsaved.length === this.stamps.size && unsaved.every((file) => this.stamps.has(file))) return;
    this.stamps = new Map(unsaved.map((file) => [file, this.stamps.get(file) ?? this.earlier.get(file) ?? stampOf(file)]));
    for (const file of unsaved) this.earlier.delete(file);
    this.keep();
  }

  /** Whether the disk still holds what the unsaved changes started from. */
  isUnchanged(file: string): boolean {
    const stamp = this.stamps.get(file);
    return stamp !== undefined && stamp === stampOf(file);
  }

  /** From here on, what is on the disk now counts as where the changes started. */
  accept(file: string): void {
    if (!this.stamps.has(file)) return;
    this.stamps = new Map([...this.stamps, [file, stampOf(file)]]);
    this.keep();
  }

  private keep(): void {
    this.memory.write(Object.fromEntries([...this.earlier, ...this.stamps]));
  }
}

function stampOf(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? 'none' : `${stat.ino}:${stat.size}:${stat.mtimeNs}`;
}
