import { pathKey } from '../../core/locks/path-key.ts';
import type { FileUse, FileUser } from '../../core/model/files/file-use.ts';
import { CoveringFiles } from '../../host/locks/covering-files.ts';

/** Files whose badges are kept up to date; those asked for longest ago are forgotten, and asked for again when they are drawn. */
const MOST = 20_000;

interface Asked<T> {
  readonly resource: T;
  readonly key: string;
  /** Whose lock was told. */
  shown: string;
}

/** Which of the files that are shown have a lock badge, and for whom. */
export class LockBadges<T> {
  private readonly asked = new Map<string, Asked<T>>();
  private locked = new CoveringFiles<FileUse>([]);

  /** Who has locked a file; `undefined` for no badge. From now on the resource is told when that changes. */
  writerOf(resource: T, file: string): FileUser | undefined {
    const known = this.asked.get(file);
    const asked = known ?? { resource, key: pathKey(file), shown: '' };
    if (known === undefined && this.asked.size >= MOST) this.asked.delete(this.asked.keys().next().value!);
    this.asked.set(file, asked);
    const writer = this.find(asked.key);
    asked.shown = identity(writer);
    return writer;
  }

  /** Takes what is in use now; gives the resources whose badge is another one. */
  take(uses: readonly FileUse[]): readonly T[] {
    this.locked = new CoveringFiles(uses.filter(({ holders }) => holders.some(isLock)));
    const changed: T[] = [];
    for (const asked of this.asked.values()) {
      const shown = identity(this.find(asked.key));
      if (shown === asked.shown) continue;
      asked.shown = shown;
      changed.push(asked.resource);
    }
    return changed;
  }

  private find(key: string): FileUser | undefined {
    for (const { holders } of this.locked.of(key)) {
      const writer = holders.find(isLock);
      if (writer !== undefined) return writer;
    }
    return undefined;
  }
}

/** Reading locks nobody out, and people see by other signs what they type. */
function isLock({ mode, holder }: FileUser): boolean {
  return mode === 'write' && holder.type !== 'editor';
}

function identity(user: FileUser | undefined): string {
  return user === undefined ? '' : `${user.holder.type} ${user.holder.id} ${user.since}`;
}
