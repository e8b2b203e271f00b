import type { FileUser } from '../../core/model/files/file-use.ts';

/** Lets a thing about a file be said once for each lock on it. */
export class OncePerLock {
  private readonly said = new Map<string, string>();

  /** True the first time. */
  isNew(file: string, { holder, since }: FileUser): boolean {
    const lock = `${holder.type} ${holder.id} ${since}`;
    if (this.said.get(file) === lock) return false;
    this.said.set(file, lock);
    return true;
  }
}
