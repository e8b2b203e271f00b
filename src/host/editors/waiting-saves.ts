import type { EditedResource } from './read-only-editors.ts';

interface Parts<T extends EditedResource> {
  readonly isLocked: (file: string) => boolean;
  readonly isUnsaved: (file: string) => boolean;
  /** Whether the disk still holds what the unsaved changes started from. */
  readonly isUnchanged: (file: string) => boolean;
  readonly save: (resource: T) => Promise<void>;
  /** The file was written while the save waited: a person has to decide. */
  readonly tell: (resource: T) => void;
  readonly onError: (error: unknown) => void;
}

/** Saves that wait for the end of a lock. */
export class WaitingSaves<T extends EditedResource> {
  private readonly parts: Parts<T>;
  private readonly waiting = new Map<string, T>();

  constructor(parts: Parts<T>) {
    this.parts = parts;
  }

  add(resource: T): void {
    this.waiting.set(resource.file, resource);
    this.review();
  }

  has(file: string): boolean {
    return this.waiting.has(file);
  }

  /** To be called when locks or unsaved changes are not what they were. */
  review(): void {
    const { isLocked, isUnsaved, isUnchanged, save, tell, onError } = this.parts;
    for (const [file, resource] of this.waiting) {
      if (!isUnsaved(file)) {
        this.waiting.delete(file);
        continue;
      }
      if (isLocked(file)) continue;
      this.waiting.delete(file);
      if (isUnchanged(file)) save(resource).catch(onError);
      else tell(resource);
    }
  }
}
